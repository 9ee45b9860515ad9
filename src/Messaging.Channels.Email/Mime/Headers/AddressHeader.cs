using System.Buffers;
using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Writes From, To and their like (RFC 5322 §3.6.2 and §3.6.3).</summary>
internal static class AddressHeader
{
    private const int LongestQuoted = 64;

    private static readonly SearchValues<char> Atext = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~");

    private static readonly SearchValues<char> NeedEscape = SearchValues.Create("\\\"");

    /// <summary>Writes a field with one mailbox or several.</summary>
    public static void Write(ref OctetWriter writer, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<Mailbox> mailboxes)
    {
        HeaderFolding.WriteName(ref writer, name);
        for (var i = 0; i < mailboxes.Length; i++)
        {
            WriteMailbox(ref writer, mailboxes[i], isLast: i == mailboxes.Length - 1);
        }

        writer.WriteLineEnd();
    }

    private static void WriteMailbox(ref OctetWriter writer, in Mailbox mailbox, bool isLast)
    {
        var comma = isLast ? 0 : 1;
        if (string.IsNullOrWhiteSpace(mailbox.Name))
        {
            HeaderFolding.WriteBlank(ref writer, mailbox.Address.Length + comma);
            writer.WriteText(mailbox.Address);
        }
        else
        {
            WriteName(ref writer, mailbox.Name.Trim());
            HeaderFolding.WriteBlank(ref writer, mailbox.Address.Length + 2 + comma);
            writer.WriteByte((byte)'<');
            writer.WriteText(mailbox.Address);
            writer.WriteByte((byte)'>');
        }

        writer.Write(","u8[..comma]);
    }

    private static void WriteName(ref OctetWriter writer, string name)
    {
        if (name.Length > LongestQuoted || name.AsSpan().ContainsAnyExceptInRange(' ', '~') || name.Contains("=?", StringComparison.Ordinal))
        {
            WriteEncoded(ref writer, name);
            return;
        }

        var isAtoms = IsAtoms(name);
        HeaderFolding.WriteBlank(ref writer, name.Length + (isAtoms ? 0 : 2));
        if (isAtoms)
        {
            writer.WriteText(name);
        }
        else
        {
            WriteQuoted(ref writer, name);
        }
    }

    // One blank between words is what every reader gives back; more are kept by quotation marks only.
    private static bool IsAtoms(ReadOnlySpan<char> name)
    {
        foreach (var range in name.Split(' '))
        {
            if (range.End.Value == range.Start.Value || name[range].ContainsAnyExcept(Atext))
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteQuoted(ref OctetWriter writer, ReadOnlySpan<char> name)
    {
        writer.WriteByte((byte)'"');
        for (var hit = name.IndexOfAny(NeedEscape); hit >= 0; hit = name.IndexOfAny(NeedEscape))
        {
            writer.WriteText(name[..hit]);
            writer.WriteByte((byte)'\\');
            writer.WriteByte((byte)name[hit]);
            name = name[(hit + 1)..];
        }

        writer.WriteText(name);
        writer.WriteByte((byte)'"');
    }

    private static void WriteEncoded(ref OctetWriter writer, string name)
    {
        var octets = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(name.Length));
        var count = Encoding.UTF8.GetBytes(name, octets);
        EncodedWord.Write(ref writer, " "u8, octets.AsSpan(0, count), phrase: true);
        ArrayPool<byte>.Shared.Return(octets);
    }
}
