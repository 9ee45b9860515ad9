using Messaging.Channels;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>What stores hold must be readable for ever: these bytes were written by version 1 of the format.</summary>
public sealed class PayloadFormatTests
{

    [Fact]
    public void Message_OfVersion1_IsWrittenAndReadByteForByte()
    {
        var bytes = Fixtures.Message();

        Assert.Equal(Fixtures.MessageHex, Convert.ToHexString(bytes));
        var decoded = DecodedMessage.Read(Convert.FromHexString(Fixtures.MessageHex));
        Assert.Equal(("salon@example.com", "desk@example.com"), (decoded.From, decoded.ReplyTo));
        Assert.Equal(("Hi", "Text", "<b>Html</b>"), (decoded.Content!.Value.Subject.ToString(), decoded.Content.Value.Text.ToString(), decoded.Content.Value.Html.ToString()));
        Assert.Equal("981", decoded.Metadata()["booking"]);
        Assert.Equal("v", decoded.Extras("email")["h"]);
        Assert.Empty(decoded.Extras("sms"));
        Assert.Equal([new MessageAction("Cancel", "https://example.com")], decoded.Actions());
        var attachments = decoded.Attachments();
        Assert.Equal(["a.txt", "b.pdf", "c.ics"], attachments.Select(a => a.FileName));
        Assert.Equal("abc"u8.ToArray(), attachments[0].Content.ToArray());
        Assert.Equal(("logo", (long?)3), (attachments[0].ContentId, attachments[0].Size));
        Assert.Equal(("key-1", (long?)5_000_000), (attachments[1].Key, attachments[1].Size));
        Assert.Equal(("calendar", "booking-981"), (attachments[2].Source, attachments[2].Key));
        Assert.Equal("Anna", DataReader.Read(decoded.Data)["Name"]);
    }

    [Fact]
    public void Delivery_OfVersion1_IsWrittenAndReadByteForByte()
    {
        var bytes = Fixtures.Delivery();

        Assert.Equal(Fixtures.DeliveryHex, Convert.ToHexString(bytes));
        var decoded = DecodedDelivery.Read(Convert.FromHexString(Fixtures.DeliveryHex));
        Assert.Equal(("Anna", "pl-PL", "Europe/Warsaw", 7), (decoded.Name, decoded.Locale, decoded.TimeZone, decoded.TemplateVersion));
        Assert.Equal([new OutboundRecipient(new Address("email", "cc@example.com"), "Cc")], decoded.Cc("email"));
        Assert.Equal([new OutboundRecipient(new Address("email", "bcc@example.com"))], decoded.Bcc("email"));
        Assert.Equal(42L, DataReader.Read(decoded.Data)["N"]);
        Assert.Equal(("S", "T", ""), (decoded.Content!.Value.Subject.ToString(), decoded.Content.Value.Text.ToString(), decoded.Content.Value.Html.ToString()));
    }

    [Fact]
    public void Read_SectionOfALaterMinorVersion_IsSkipped()
    {
        byte[] payload = [.. Fixtures.Delivery(), 200, 3, 1, 2, 3];

        Assert.Equal("Anna", DecodedDelivery.Read(payload).Name);
    }

    [Fact]
    public void Read_LaterVersion_SaysSo()
    {
        var error = Assert.Throws<InvalidDataException>(() => DecodedMessage.Read(new byte[] { 2, 0 }));

        Assert.Contains("format 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutAtEveryByte_IsAnswerOrDamageAndNothingElse()
    {
        foreach (var payload in new[] { Fixtures.Message(), Fixtures.Delivery() })
        {
            for (var length = 0; length < payload.Length; length++)
            {
                AssertReadable(payload.AsMemory(0, length));
            }
        }
    }

    [Fact]
    public void Read_EveryByteChanged_IsAnswerOrDamageAndNothingElse()
    {
        foreach (var payload in new[] { Fixtures.Message(), Fixtures.Delivery() })
        {
            for (var i = 0; i < payload.Length; i++)
            {
                foreach (var value in new byte[] { 0x00, 0x7F, 0x80, 0xFF, (byte)(payload[i] + 1) })
                {
                    var changed = (byte[])payload.Clone();
                    changed[i] = value;
                    AssertReadable(changed);
                }
            }
        }
    }

    [Fact]
    public void Data_OfEveryType_ComesBackAsItWas()
    {
        var data = TemplateData.From(
        [
            new("null", null),
            new("true", true),
            new("false", false),
            new("long", long.MinValue),
            new("int", 7),
            new("decimal", 12.50m),
            new("double", -0.1),
            new("text", "Zażółć 😀"),
            new("instant", new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(-9.5))),
            new("local", new DateTime(2026, 3, 29, 2, 30, 0)),
            new("date", new DateOnly(2026, 3, 29)),
            new("time", new TimeOnly(23, 59, 59, 999)),
            new("span", TimeSpan.FromDays(-3)),
            new("tree", new Dictionary<string, object?> { ["a"] = new Dictionary<string, object?> { ["b"] = 1 } }),
            new("list", new object?[] { 1, "two", null, new object?[] { 3.0m } }),
            new("empty", Array.Empty<object>()),
        ]);
        var buffer = new PayloadBuffer();
        DataWriter.Write(buffer, data);

        var read = DataReader.Read(buffer.From(0));

        Assert.Equal(data.Shape.Names, read.Shape.Names);
        foreach (var name in data.Shape.Names.Except(["tree", "list", "empty"]))
        {
            Assert.Equal(data[name], read[name]);
            Assert.Equal(data[name]?.GetType(), read[name]?.GetType());
        }

        Assert.Equal("12.50", ((decimal)read["decimal"]!).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.FromHours(-9.5), ((DateTimeOffset)read["instant"]!).Offset);
        Assert.Equal(1L, ((TemplateData)((TemplateData)read["tree"]!)["a"]!)["b"]);
        var list = (TemplateList)read["list"]!;
        Assert.Equal([1L, "two", null], list.Take(3));
        Assert.Equal(3.0m, ((TemplateList)list[3]!)[0]);
        Assert.Empty((TemplateList)read["empty"]!);
    }

    [Fact]
    public void Data_ReadTwice_SharesItsShape()
    {
        var buffer = new PayloadBuffer();
        DataWriter.Write(buffer, TemplateData.From([new("a", 1), new("b", 2)]));

        Assert.Same(DataReader.Read(buffer.From(0)).Shape, DataReader.Read(buffer.From(0).ToArray()).Shape);
    }

    [Fact]
    public void Lay_DataOverData_IsWhatWithSays()
    {
        var under = TemplateData.From([new("a", 1), new("b", 2)]);
        var over = TemplateData.From([new("c", 3), new("b", 4)]);

        Assert.Equal(under.With(over).OrderBy(p => p.Key), ShapeCache.Lay(under, over).OrderBy(p => p.Key));
        Assert.Same(ShapeCache.Lay(under, over).Shape, ShapeCache.Lay(under, over).Shape);
        Assert.Same(under, ShapeCache.Lay(under, TemplateData.Empty));
        Assert.Same(over, ShapeCache.Lay(TemplateData.Empty, over));
    }

    [Fact]
    public void TraceParent_OfTheFixture_IsW3C() =>
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", TraceContext.Read(Convert.FromHexString("0AF7651916CD43DD8448EB211C80319CB7AD6B716920333101")));

    /// <summary>Damage is an <see cref="InvalidDataException"/>, or a value out of range, which the factory answers too.</summary>
    private static void AssertReadable(ReadOnlyMemory<byte> payload)
    {
        try
        {
            var message = DecodedMessage.Read(payload);
            message.Metadata();
            message.Extras("email");
            message.Actions();
            message.Attachments();
            _ = message.Data.IsEmpty ? null : DataReader.Read(message.Data);
            var delivery = DecodedDelivery.Read(payload);
            delivery.Cc("email");
            _ = delivery.Data.IsEmpty ? null : DataReader.Read(delivery.Data);
        }
        catch (Exception e)
        {
            Assert.True(e is InvalidDataException or ArgumentException, e.ToString());
        }
    }
}
