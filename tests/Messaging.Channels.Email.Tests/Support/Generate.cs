using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Messaging.Channels.Email;

/// <summary>Texts that headers find hard.</summary>
internal static class Generate
{
    private static readonly string[] Pieces =
    [
        "a", "word", "Hello,", "=?utf-8?Q?no?=", "=?", "?=", "=", "_", "\"", "\\", "<a@b>", "(c)", " ", "  ", "\t", "ł", "żółć", "日本語", "🎉", "👩‍👩‍👧",
        "é", "е́", "\u200B", "\u00A0", "العربية", ":", ";", "%41", "'", "From ", "--=_", ".", "x-very-long-word-that-goes-on-and-on-and-on-and-on-and-on-and-on-and-on",
    ];

    /// <summary>Text without line breaks.</summary>
    public static Gen<string> Line { get; } = Gen.Elements(Pieces).ListOf().Select(static pieces => string.Concat(pieces));

    /// <summary>Text with line breaks of every kind.</summary>
    public static Gen<string> Body { get; } =
        Gen.Frequency((6, Gen.Elements(Pieces)), (2, Gen.Elements("\n", "\r\n", "\r", "\n\n", " \n", "\0", "\f")), (1, Gen.Choose(1, 1200).Select(n => new string('x', n))))
            .ListOf().Select(static pieces => string.Concat(pieces));

    /// <summary>Any text at all, with breaks, NUL and lone surrogates.</summary>
    public static Gen<string> Hostile { get; } = Gen.Frequency((3, Gen.Elements(Pieces)), (1, Gen.Choose(0, 0x200).Select(c => ((char)c).ToString())), (1, Gen.Elements("\r\nBcc: x@y", "\n", "\r", "\0", "\uD800")))
        .ListOf().Select(static pieces => string.Concat(pieces));

    /// <summary>Checks a property with many values; the same ones in every run.</summary>
    public static void ForAll<T>(Gen<T> values, Action<T> check, int count = 500) =>
        Check.One(
            Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(count).WithReplay(new Replay(new Rnd(20260105, 7), 100)),
            Prop.ForAll(values.ToArbitrary(), value => check(value)));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
