using System.Text;
using Messaging.Testing;

namespace Messaging.Channels.Email;

public sealed class MailDrafterTests
{
    private const string Injection = "x\r\nBcc: victim@example.com";

    public static TheoryData<string, string> Injections => new()
    {
        { "Subject", "Subject" },
        { "From", "From" },
        { "ReplyTo", "ReplyTo" },
        { "To", "To" },
        { "To.Name", "To.Name" },
        { "Cc", "Cc[1]" },
        { "Cc.Name", "Cc[1].Name" },
        { "Bcc", "Bcc[0]" },
        { "FileName", "Attachments[0].FileName" },
        { "ContentType", "Attachments[0].ContentType" },
        { "ContentId", "Attachments[0].ContentId" },
        { "header:X-Campaign", "Extras.Email.Headers[X-Campaign]" },
        { "header:X\r\nBcc", "Extras.Email.Headers" },
        { "header:Bcc", "Extras.Email.Headers[Bcc]" },
        { "sender", "Extras.Email.Sender" },
        { "in-reply-to", "Extras.Email.InReplyTo" },
        { "references", "Extras.Email.References" },
        { "unsubscribe-url", "Extras.Email.UnsubscribeUrl" },
        { "unsubscribe-mailto", "Extras.Email.UnsubscribeMailto" },
        { "precedence", "Extras.Email.Precedence" },
        { "auto-submitted", "Extras.Email.AutoSubmitted" },
    };

    [Theory]
    [MemberData(nameof(Injections))]
    public void TryDraft_LineBreakAnywhereInAHeader_IsRefusedByName(string where, string field)
    {
        var problem = Mails.Problem(With(where, Injection));

        Assert.Equal(field, problem.Field);
        Assert.DoesNotContain("victim", problem.Text, StringComparison.Ordinal);
        Assert.EndsWith(".", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDraft_AnyTextAnywhere_NeverAddsAField() => Generate.ForAll(Generate.Hostile, text =>
    {
        foreach (var row in Injections)
        {
            var message = With((string)row[0], text);
            if (MailDrafter.TryDraft(message, Mails.Settings, out var draft, out _))
            {
                AssertFields(draft);
            }
        }
    }, 150);

    [Fact]
    public void TryDraft_NoSenderAnywhere_SaysWhereToSetOne()
    {
        var problem = Mails.Problem(Some.Message(), new EmailSettings());

        Assert.Equal(("From", RejectionReason.InvalidAddress), (problem.Field, problem.Reason));
        Assert.Contains("Set From of the account or of the request", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDraft_BadRecipient_IsTheAddressesFault()
    {
        var to = Mails.Problem(Some.Message() with { To = Mails.To("anna") });
        var cc = Mails.Problem(Some.Message() with { Cc = [Mails.To("anna")] });

        Assert.Equal(new DraftProblem("To", "The address cannot be used: it has no @.", RejectionReason.InvalidAddress, FailureScope.Address), to);
        Assert.Equal(new DraftProblem("Cc[0]", "The address cannot be used: it has no @.", RejectionReason.InvalidAddress, FailureScope.Message), cc);
    }

    [Fact]
    public void TryDraft_TooManyRecipients_IsRefused()
    {
        var settings = Mails.Settings with { MaxRecipients = 3 };
        var three = Some.Message() with { Cc = [Mails.To("b@example.com")], Bcc = [Mails.To("c@example.com")] };

        Mails.Content(three, settings);
        Assert.Contains("MaxRecipients", Mails.Problem(three with { Cc = [.. three.Cc, Mails.To("d@example.com")] }, settings).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDraft_TooLarge_IsRefusedBeforeAnythingIsOpened()
    {
        var attachment = TestAttachment.Of("a.bin", "application/octet-stream", new byte[2000]);

        var problem = Mails.Problem(Some.Message() with { Attachments = [attachment] }, Mails.Settings with { MaxMessageBytes = 2000 });

        Assert.Equal((RejectionReason.TooLarge, 0), (problem.Reason, attachment.Opened));
        Assert.Contains("MaxMessageBytes", problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "type/subtype", "a", "Attachments[0].FileName")]
    [InlineData("a", "text", null, "Attachments[0].ContentType")]
    [InlineData("a", "text/", null, "Attachments[0].ContentType")]
    [InlineData("a", "te xt/plain", null, "Attachments[0].ContentType")]
    [InlineData("a", "text/plain; name=\"ż\"", null, "Attachments[0].ContentType")]
    [InlineData("a", "text/plain", "<logo>", "Attachments[0].ContentId")]
    [InlineData("a", "text/plain", "lo go", "Attachments[0].ContentId")]
    [InlineData("a", "text/plain", "", "Attachments[0].ContentId")]
    public void TryDraft_BadAttachment_IsRefusedByName(string name, string type, string? id, string field) =>
        Assert.Equal(field, Mails.Problem(Some.Message() with { Attachments = [TestAttachment.Of(name, type, [], id)] }).Field);

    private static OutboundMessage With(string where, string text)
    {
        var message = Some.Message();
        var attachment = TestAttachment.Of("a.txt", "text/plain", [], "id");
        return where switch
        {
            "Subject" => message with { Subject = text },
            "From" => message with { From = text },
            "ReplyTo" => message with { ReplyTo = text },
            "To" => message with { To = Mails.To(text) },
            "To.Name" => message with { To = Mails.To("anna@example.com", text) },
            "Cc" => message with { Cc = [Mails.To("b@example.com"), Mails.To(text)] },
            "Cc.Name" => message with { Cc = [Mails.To("b@example.com"), Mails.To("c@example.com", text)] },
            "Bcc" => message with { Bcc = [Mails.To(text)] },
            "FileName" => message with { Attachments = [TestAttachment.Of(text, "text/plain", [])] },
            "ContentType" => message with { Attachments = [TestAttachment.Of("a.txt", text, [])] },
            "ContentId" => message with { Attachments = [TestAttachment.Of("a.txt", "text/plain", [], text)] },
            "header:X\r\nBcc" => message with { Extras = new Dictionary<string, string> { ["header:" + text] = "value" } },
            _ => message with { Extras = new Dictionary<string, string> { [where] = text }, Attachments = [attachment] },
        };
    }

    // Every field of the header is one that we write, once; nothing else begins a line.
    private static void AssertFields(MailDraft draft)
    {
        var header = Headers.Text((ref OctetWriter writer) => MailHeader.Write(ref writer, draft));
        var names = header.Split("\r\n")[..^1].Where(line => line[0] is not (' ' or '\t')).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]).ToArray();

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.DoesNotContain("Bcc", names, StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain('\r', header.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain('\n', header.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain('\0', header);
        Assert.All(header.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 998));
    }
}
