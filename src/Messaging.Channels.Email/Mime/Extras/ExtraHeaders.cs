using System.Buffers;
using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Writes the fields that <see cref="EmailExtras"/> ask for.</summary>
internal static class ExtraHeaders
{
    public static void Write(ref OctetWriter writer, IReadOnlyDictionary<string, string> extras)
    {
        if (extras.Count == 0)
        {
            writer.Write("Auto-Submitted: auto-generated\r\n"u8);
            return;
        }

        WriteThread(ref writer, extras);
        WriteAutomation(ref writer, extras);
        WriteUnsubscribe(ref writer, extras);
        WriteCustom(ref writer, extras);
    }

    private static void WriteThread(ref OctetWriter writer, IReadOnlyDictionary<string, string> extras)
    {
        var parent = extras.GetValueOrDefault(EmailProperties.InReplyTo);
        if (parent is not null)
        {
            MessageIds.Write(ref writer, "In-Reply-To"u8, parent);
        }

        if ((extras.GetValueOrDefault(EmailProperties.References) ?? parent) is { } references)
        {
            MessageIds.Write(ref writer, "References"u8, references);
        }
    }

    private static void WriteAutomation(ref OctetWriter writer, IReadOnlyDictionary<string, string> extras)
    {
        var automation = extras.GetValueOrDefault(EmailProperties.AutoSubmitted, "auto-generated");
        if (automation != "no")
        {
            WriteField(ref writer, "Auto-Submitted"u8, automation);
        }

        if (extras.TryGetValue(EmailProperties.Precedence, out var precedence))
        {
            WriteField(ref writer, "Precedence"u8, precedence);
        }
    }

    private static void WriteUnsubscribe(ref OctetWriter writer, IReadOnlyDictionary<string, string> extras)
    {
        var url = extras.GetValueOrDefault(EmailProperties.UnsubscribeUrl);
        var mailto = extras.GetValueOrDefault(EmailProperties.UnsubscribeMailto);
        if (url is null && mailto is null)
        {
            return;
        }

        HeaderFolding.WriteName(ref writer, "List-Unsubscribe"u8);
        WriteLink(ref writer, "<"u8, url, isLast: mailto is null);
        WriteLink(ref writer, "<mailto:"u8, mailto, isLast: true);
        writer.WriteLineEnd();
        if (url is not null)
        {
            writer.Write("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"u8);
        }
    }

    private static void WriteLink(ref OctetWriter writer, scoped ReadOnlySpan<byte> start, string? link, bool isLast)
    {
        if (link is null)
        {
            return;
        }

        HeaderFolding.WriteBlank(ref writer, start.Length + link.Length + 2);
        writer.Write(start);
        writer.WriteText(link);
        writer.Write(isLast ? ">"u8 : ">,"u8);
    }

    private static void WriteCustom(ref OctetWriter writer, IReadOnlyDictionary<string, string> extras)
    {
        // In the order of their names: a store need not keep any other, and every attempt writes the same octets.
        var names = new List<string>(extras.Count);
        foreach (var name in extras.Keys)
        {
            if (name.StartsWith(EmailProperties.Header, StringComparison.Ordinal))
            {
                names.Add(name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        foreach (var name in names)
        {
            WriteField(ref writer, Encoding.ASCII.GetBytes(name, EmailProperties.Header.Length, name.Length - EmailProperties.Header.Length), extras[name]);
        }
    }

    private static void WriteField(ref OctetWriter writer, scoped ReadOnlySpan<byte> name, string value)
    {
        var octets = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        UnstructuredHeader.Write(ref writer, name, octets.AsSpan(0, Encoding.UTF8.GetBytes(value, octets)));
        ArrayPool<byte>.Shared.Return(octets);
    }
}
