using System.Buffers;

namespace Messaging.Channels.Email;

/// <summary>What may stand in a header at all. Everything that comes from outside passes here before it is formatted.</summary>
internal static class HeaderText
{
    private static readonly SearchValues<byte> Breaks = SearchValues.Create("\r\n\0"u8);
    private static readonly SearchValues<char> BreakChars = SearchValues.Create("\r\n\0");

    /// <summary>Whether a value could end its line and begin another header, or the body.</summary>
    public static bool HasBreak(ReadOnlySpan<byte> value) => value.ContainsAny(Breaks);

    /// <inheritdoc cref="HasBreak(ReadOnlySpan{byte})"/>
    public static bool HasBreak(ReadOnlySpan<char> value) => value.ContainsAny(BreakChars);

    /// <summary>Whether a field name holds only what RFC 5322 §2.2 allows: <c>!</c> to <c>~</c> without the colon.</summary>
    public static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= 76 && !name.ContainsAnyExceptInRange('!', '~') && !name.Contains(':');

    /// <summary>Whether a value is printable ASCII without blanks, as ids and URLs must be.</summary>
    public static bool IsToken(ReadOnlySpan<char> value) => !value.IsEmpty && !value.ContainsAnyExceptInRange('!', '~');
}
