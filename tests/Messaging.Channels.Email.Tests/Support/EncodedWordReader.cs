using System.Text;
using System.Text.RegularExpressions;

namespace Messaging.Channels.Email;

/// <summary>Decodes RFC 2047 by the letter of the RFC, written apart from the writer; fails on words that break its rules.</summary>
internal static partial class EncodedWordReader
{
    public static string Decode(string value)
    {
        var text = new StringBuilder();
        var at = 0;
        var lastWasWord = false;
        foreach (Match word in Word().Matches(value))
        {
            var between = value[at..word.Index];
            if (!(lastWasWord && string.IsNullOrWhiteSpace(between)))
            {
                text.Append(between);
            }

            Assert.True(word.Length <= 75, "An encoded-word is longer than 75 characters.");
            text.Append(DecodeWord(word.Groups["how"].Value, word.Groups["what"].Value));
            (at, lastWasWord) = (word.Index + word.Length, true);
        }

        return text.Append(value[at..]).ToString();
    }

    private static string DecodeWord(string how, string what)
    {
        var octets = how.Equals("B", StringComparison.OrdinalIgnoreCase) ? Convert.FromBase64String(what) : FromQ(what);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(octets); // throws when a character was split
    }

    private static byte[] FromQ(string what)
    {
        var octets = new List<byte>();
        for (var i = 0; i < what.Length; i++)
        {
            octets.Add(what[i] switch
            {
                '_' => (byte)' ',
                '=' => Convert.ToByte(what.Substring((i += 2) - 1, 2), 16),
                var c => (byte)c,
            });
        }

        return [.. octets];
    }

    [GeneratedRegex(@"(?<=^|\s|\()=\?utf-8\?(?<how>[QB])\?(?<what>[!->@-~]*)\?=(?=$|\s|\))")]
    private static partial Regex Word();
}
