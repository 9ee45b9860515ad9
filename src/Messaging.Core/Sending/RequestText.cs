using System.Buffers;

namespace Messaging.Sending;

/// <summary>What text in a request may hold.</summary>
internal static class RequestText
{
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\r\n\0");

    /// <summary>Control characters: C0, DEL and C1 (which holds the next-line character).</summary>
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c)]);

    /// <summary>Returns whether the text would end a header and begin another.</summary>
    public static bool HasLineBreak(ReadOnlySpan<char> text) => text.ContainsAny(LineBreaks);

    public static bool HasControl(ReadOnlySpan<char> text) => text.ContainsAny(Controls);
}
