using System.Buffers;

namespace Messaging.Channels.Email;

/// <summary>A BCP 47 language tag.</summary>
internal static class LanguageTag
{
    public static readonly SearchValues<char> Characters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
}
