using System.Text;
using FsCheck.Fluent;

namespace Messaging.Channels.Email;

public sealed class AddressHeaderTests
{
    [Theory]
    [InlineData(null, "To: a@example.com\r\n")]
    [InlineData("", "To: a@example.com\r\n")]
    [InlineData("Anna Nowak", "To: Anna Nowak <a@example.com>\r\n")]
    [InlineData("Nowak, Anna", "To: \"Nowak, Anna\" <a@example.com>\r\n")]
    [InlineData("Anna \"Ania\" \\o/", "To: \"Anna \\\"Ania\\\" \\\\o/\" <a@example.com>\r\n")]
    [InlineData("two  blanks", "To: \"two  blanks\" <a@example.com>\r\n")]
    [InlineData("Dr. Kim", "To: \"Dr. Kim\" <a@example.com>\r\n")]
    [InlineData("Łucja", "To: =?utf-8?B?xYF1Y2ph?= <a@example.com>\r\n")]
    [InlineData("Łucja (szef), \"Ł\"", "To: =?utf-8?B?xYF1Y2phIChzemVmKSwgIsWBIg==?= <a@example.com>\r\n")]
    [InlineData("=?utf-8?Q?x?=", "To: =?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?= <a@example.com>\r\n")]
    public void Write_Name_IsWrittenAsItsCharactersDemand(string? name, string expected) =>
        Assert.Equal(expected, Write(new Mailbox(name, "a@example.com")));

    [Fact]
    public void Write_Many_AreFoldedBetweenMailboxes()
    {
        var mailboxes = Enumerable.Range(0, 30).Select(i => new Mailbox($"Somebody {i}", $"somebody{i}@example.com")).ToArray();

        var field = Write(mailboxes);

        Assert.All(Headers.Lines(field), line => Assert.InRange(line.Length, 1, 78));
        Assert.Equal(" " + string.Join(", ", mailboxes.Select(m => $"{m.Name} <{m.Address}>")), Headers.Unfold(field));
    }

    [Fact]
    public void Write_LocalPartOutsideAscii_StaysAsItIs() =>
        Assert.Equal("To: =?utf-8?B?xYE=?= <łucja@xn--bcher-kva.example>\r\n", Write(Mails.Parse("Ł <łucja@bücher.example>")));

    [Fact]
    public void Write_AnyName_ReadsBackAndKeepsTheLimits() => Generate.ForAll(Generate.Line, name =>
    {
        var field = Write(new Mailbox(name, "a@example.com"));
        var value = Headers.Unfold(field);

        Assert.All(Headers.Lines(field), line => Assert.InRange(line.Length, 1, 78));
        Assert.EndsWith(string.IsNullOrWhiteSpace(name) ? " a@example.com" : " <a@example.com>", value, StringComparison.Ordinal);
        Assert.Equal(string.IsNullOrWhiteSpace(name) ? "" : name.Trim(), ReadName(value));
    });

    [Fact]
    public void Write_AnyPrintableName_IsReadBackByOurParser()
    {
        var names = Gen.Choose(' ', '~').Select(c => ((char)c).ToString()).ListOf().Select(string.Concat);
        Generate.ForAll(names, name =>
        {
            Assert.True(MailboxParser.TryParse(Headers.Unfold(Write(new Mailbox(name, "a@example.com"))), out var read, out var problem), problem);
            var expected = name.Contains("=?", StringComparison.Ordinal) || name.Trim().Length > 64 ? read.Name : name.Trim();
            Assert.Equal(string.IsNullOrWhiteSpace(expected) ? null : expected, read.Name);
        });
    }

    private static string Write(params Mailbox[] mailboxes) => Headers.Text((ref OctetWriter writer) => AddressHeader.Write(ref writer, "To"u8, mailboxes));

    private static string ReadName(string value)
    {
        var name = value.Contains('<', StringComparison.Ordinal) ? value[..value.LastIndexOf('<')].Trim() : "";
        if (name is not ['"', .., '"'])
        {
            return EncodedWordReader.Decode(name);
        }

        var text = new StringBuilder();
        for (var i = 1; i < name.Length - 1; i++)
        {
            i += name[i] == '\\' ? 1 : 0;
            text.Append(name[i]);
        }

        return text.ToString();
    }
}
