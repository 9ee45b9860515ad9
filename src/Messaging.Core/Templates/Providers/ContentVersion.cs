using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Messaging.Templates;

/// <summary>Numbers of versions that are made of content, since files and code have no history. No history is so long that the two could be confused.</summary>
internal static class ContentVersion
{
    private const int Least = 1 << 24;

    public static bool IsOne(int version) => version >= Least;

    public static TemplateVersion Number(TemplateVersion template)
    {
        var content = string.Join('\u0001', template.Subject ?? "\u0002", template.Text ?? "\u0002", template.Html ?? "\u0002", template.Layout ?? "\u0002");
        var hash = BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(content))) & int.MaxValue;
        return template with { Version = hash < Least ? hash + Least : hash };
    }
}
