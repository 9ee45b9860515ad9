using Messaging.Channels;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Payloads that hold something of everything, and the bytes that version 1 wrote for them. Never change the bytes: stores hold them.</summary>
internal static class Fixtures
{
    public const string MessageHex =
        "01028D8080000107626F6F6B696E6703393831031173616C6F6E406578616D706C652E636F6D04106465736B406578616D70"
        + "6C652E636F6D058C8080000105656D61696C0101680176069980800082808000848080004869546578743C623E48746D6C3C"
        + "2F623E079C808000010643616E63656C1368747470733A2F2F6578616D706C652E636F6D08E98080000305612E7478740A74"
        + "6578742F706C61696E046C6F676F000361626305622E7064660F6170706C69636174696F6E2F7064660001056B65792D31C0"
        + "96B10205632E6963730D746578742F63616C656E64617200020863616C656E6461720B626F6F6B696E672D39383109908080"
        + "000185808000044E616D650604416E6E61";

    public const string DeliveryHex =
        "010104416E6E610205706C2D504C030D4575726F70652F5761727361770493808000010E6363406578616D706C652E636F6D"
        + "0243630592808000010F626363406578616D706C652E636F6D0006818080000707898080000182808000014E0354088A8080"
        + "0081808000818080005354";

    public static byte[] Message()
    {
        var buffer = new PayloadBuffer();
        var request = new SendRequest
        {
            To = default,
            From = "salon@example.com",
            ReplyTo = "desk@example.com",
            Metadata = new Dictionary<string, string> { ["booking"] = "981" },
            Extras = [new FixedExtras()],
            Content = new() { Subject = "Hi", Text = "Text", Html = "<b>Html</b>", Actions = [new("Cancel", "https://example.com")] },
            Template = new("t") { Data = TemplateData.From([KeyValuePair.Create("Name", (object?)"Anna")]) },
        };
        var start = MessagePayload.Write(
            buffer,
            request,
            [
                new() { FileName = "a.txt", ContentType = "text/plain", ContentId = "logo", Kind = PayloadAttachment.Form.Inline, Content = "abc"u8.ToArray() },
                new() { FileName = "b.pdf", ContentType = "application/pdf", Kind = PayloadAttachment.Form.Stored, Key = "key-1", Size = 5_000_000 },
                new() { FileName = "c.ics", ContentType = "text/calendar", Kind = PayloadAttachment.Form.Deferred, Source = "calendar", Key = "booking-981" },
            ]);
        return buffer.From(start).ToArray();
    }

    public static byte[] Delivery()
    {
        var buffer = new PayloadBuffer();
        var facts = new DeliveryFacts
        {
            Name = "Anna",
            Locale = "pl-PL",
            TimeZone = "Europe/Warsaw",
            TemplateVersion = 7,
            Cc = [new OutboundRecipient(new Address("email", "cc@example.com"), "Cc")],
            Bcc = [new OutboundRecipient(new Address("email", "bcc@example.com"))],
        };
        var start = DeliveryPayload.Begin(buffer, facts);
        DeliveryPayload.Data(buffer, TemplateData.From([KeyValuePair.Create("N", (object?)42)]));
        StoredContent.Write(buffer, (byte)DeliverySection.Content, 0, static (b, _) => new RenderedLengths(b.Utf8("S"), b.Utf8("T"), 0));
        return buffer.From(start).ToArray();
    }

    private sealed class FixedExtras : IChannelExtras
    {
        public string Kind => "email";

        public void WriteTo(IDictionary<string, string> properties) => properties["h"] = "v";
    }
}
