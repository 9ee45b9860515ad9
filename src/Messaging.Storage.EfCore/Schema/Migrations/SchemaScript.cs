using System.Reflection;

namespace Messaging.Storage.EfCore.Schema.Migrations;

/// <summary>The statements of a migration that are written in one database's own words.</summary>
internal static class SchemaScript
{
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The script '{name}' is not part of the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
