using System.Buffers;
using System.Globalization;
using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Writes parameters of Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231).</summary>
internal static class ParameterWriter
{
    private const int LongestValue = 56; // leaves room for a name such as filename*10*= within the wanted length

    // Without the question mark, so that nothing looks like an encoded-word, which many readers decode here against the rules.
    private static readonly SearchValues<char> Quotable = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private static readonly SearchValues<byte> Attribute = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&+-.^_`{|}~"u8);

    /// <summary>
    /// Writes a parameter. A short one in ASCII stands in quotation marks; any other is percent-encoded in pieces, followed by a
    /// plain one in ASCII for readers that know nothing better. Some that know both take the first.
    /// </summary>
    public static void Write(ref OctetWriter writer, scoped ReadOnlySpan<byte> name, string value)
    {
        if (value.Length <= LongestValue && !value.AsSpan().ContainsAnyExcept(Quotable))
        {
            WriteQuoted(ref writer, name, value);
            return;
        }

        WriteExtended(ref writer, name, value);
        WriteQuoted(ref writer, name, AsciiFallback(value));
    }

    /// <summary>Writes a value that is known to need no escapes, in quotation marks.</summary>
    public static void WriteQuoted(ref OctetWriter writer, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<char> value)
    {
        writer.WriteByte((byte)';');
        HeaderFolding.WriteBlank(ref writer, name.Length + value.Length + 4);
        writer.Write(name);
        writer.Write("=\""u8);
        writer.WriteText(value);
        writer.WriteByte((byte)'"');
    }

    private static string AsciiFallback(string value)
    {
        var extension = Path.GetExtension(value.AsSpan());
        extension = extension.Length is > 1 and <= 10 ? extension : default;
        var stem = value.AsSpan(0, Math.Min(value.Length, LongestValue) - (value.Length > LongestValue ? extension.Length : 0));
        var kept = value.Length > LongestValue ? string.Concat(stem, extension) : value;
        return string.Create(kept.Length, kept, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Quotable.Contains(text[i]) ? text[i] : '_';
            }
        });
    }

    private static void WriteExtended(ref OctetWriter writer, scoped ReadOnlySpan<byte> name, string value)
    {
        var octets = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        var rest = octets.AsSpan(0, Encoding.UTF8.GetBytes(value, octets));
        Span<byte> piece = stackalloc byte[LongestValue + 8];
        var isWhole = Fill(rest, piece, "utf-8''"u8, out var written) == rest.Length;
        for (var number = 0; number == 0 || !rest.IsEmpty; number++)
        {
            rest = rest[Fill(rest, piece, number == 0 ? "utf-8''"u8 : default, out written)..];
            WritePiece(ref writer, name, piece[..written], isWhole ? -1 : number);
        }

        ArrayPool<byte>.Shared.Return(octets);
    }

    private static void WritePiece(ref OctetWriter writer, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> piece, int number)
    {
        Span<byte> section = stackalloc byte[16];
        "*"u8.CopyTo(section);
        var length = 1;
        if (number >= 0)
        {
            number.TryFormat(section[1..], out var digits, default, CultureInfo.InvariantCulture);
            section[1 + digits] = (byte)'*';
            length = digits + 2;
        }

        writer.WriteByte((byte)';');
        HeaderFolding.WriteBlank(ref writer, name.Length + length + 1 + piece.Length + 1);
        writer.Write(name);
        writer.Write(section[..length]);
        writer.WriteByte((byte)'=');
        writer.Write(piece);
    }

    // Pieces end between characters: not asked for by RFC 2231, but readers that decode piece by piece exist.
    private static int Fill(ReadOnlySpan<byte> octets, Span<byte> piece, ReadOnlySpan<byte> start, out int written)
    {
        start.CopyTo(piece);
        written = start.Length;
        var taken = 0;
        while (taken < octets.Length)
        {
            Rune.DecodeFromUtf8(octets[taken..], out _, out var length);
            var isLiteral = length == 1 && Attribute.Contains(octets[taken]);
            if (written + (isLiteral ? 1 : 3 * length) > LongestValue)
            {
                break;
            }

            for (var last = taken + length; taken < last; taken++)
            {
                written += isLiteral ? Copy(piece[written..], octets[taken]) : Hex.WriteEscape(piece[written..], (byte)'%', octets[taken]);
            }
        }

        return taken;
    }

    private static int Copy(Span<byte> span, byte octet)
    {
        span[0] = octet;
        return 1;
    }
}
