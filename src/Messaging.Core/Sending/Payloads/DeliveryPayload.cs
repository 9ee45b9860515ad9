using Messaging.Channels;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Writes what only one recipient of a message has.</summary>
internal static class DeliveryPayload
{
    /// <summary>Begins a payload and writes everything but data and content; returns its place.</summary>
    public static int Begin(PayloadBuffer buffer, in DeliveryFacts facts)
    {
        var start = buffer.Begin();
        buffer.Section((byte)DeliverySection.Name, facts.Name);
        buffer.Section((byte)DeliverySection.Locale, facts.Locale);
        buffer.Section((byte)DeliverySection.TimeZone, facts.TimeZone);
        Recipients(buffer, DeliverySection.Cc, facts.Cc);
        Recipients(buffer, DeliverySection.Bcc, facts.Bcc);
        if (facts.TemplateVersion is { } version)
        {
            var section = buffer.Begin((byte)DeliverySection.TemplateVersion);
            buffer.Number((uint)version);
            buffer.End(section);
        }

        return start;
    }

    /// <summary>Writes the data that only this recipient has.</summary>
    public static void Data(PayloadBuffer buffer, TemplateData data)
    {
        var section = buffer.Begin((byte)DeliverySection.Data);
        DataWriter.Write(buffer, data);
        buffer.End(section);
    }

    /// <summary>Renders the content into the payload; what was begun is incomplete when it throws.</summary>
    /// <exception cref="TemplateException">A variable is missing in strict mode, or a limit was reached.</exception>
    public static void Render(PayloadBuffer buffer, IResolvedTemplate template, TemplateData data, string? locale, TimeZoneInfo zone) => StoredContent.Write(
        buffer, (byte)DeliverySection.Content, (template, data, locale, zone), static (b, s) => s.template.Render(s.data, s.locale, s.zone, b.Bytes));

    private static void Recipients(PayloadBuffer buffer, DeliverySection tag, IReadOnlyList<OutboundRecipient> recipients)
    {
        if (recipients.Count == 0)
        {
            return;
        }

        var section = buffer.Begin((byte)tag);
        buffer.Number(recipients.Count);
        for (var i = 0; i < recipients.Count; i++)
        {
            buffer.Text(recipients[i].Address.Value);
            buffer.Text(recipients[i].Name);
        }

        buffer.End(section);
    }
}
