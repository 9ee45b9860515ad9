using Messaging.Templates;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

/// <summary>Every bad input has one clear problem with its field and code, and leaves nothing behind.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string> Cases => [.. All.Keys];

    private static SendRequest Good => Some.Request();

    private static DateTimeOffset Now => Some.Instant;

    private static Dictionary<string, (SendRequest Request, string Field, string Code)> All { get; } = new()
    {
        ["no recipient"] = (Good with { To = default }, "To", "required"),
        ["null recipient"] = (Good with { To = [null!, Some.Recipient()] }, "To[0]", "required"),
        ["malformed mailbox"] = (Good with { To = Recipient.Email("anna.example.com") }, "To[0].Address", "invalid_address"),
        ["malformed domain"] = (Good with { To = Recipient.Email("anna@exa mple.com") }, "To[0].Address", "invalid_address"),
        ["mailbox with a line break"] = (Good with { To = Recipient.Email("anna@example.com\r\nBcc: eve@example.com") }, "To[0].Address", "invalid_address"),
        ["second of three malformed"] = (Good with { To = [Some.Recipient(), Recipient.Email("@"), Some.Recipient()] }, "To[1].Address", "invalid_address"),
        ["malformed number"] = (Good with { To = Recipient.Phone("12345") }, "To[0].Address", "invalid_address"),
        ["address without kind"] = (Good with { To = Recipient.To(new Address("", "anna@example.com")), Channel = "email" }, "To[0].Address", "invalid_address"),
        ["the same recipient twice"] = (Good with { To = [Recipient.Email("anna@example.com"), Recipient.Email("anna@EXAMPLE.com")] }, "To[1]", "duplicate_recipient"),
        ["too many recipients"] = (Good with { To = [.. Enumerable.Range(0, 1_001).Select(_ => Some.Recipient())] }, "To", "too_long"),
        ["name with a line break"] = (Good with { To = Recipient.Email("anna@example.com", "Anna\r\nBcc: eve@example.com") }, "To[0].Name", "line_break"),
        ["name too long"] = (Good with { To = Recipient.Email("anna@example.com", new string('a', 201)) }, "To[0].Name", "too_long"),
        ["unknown locale of a recipient"] = (Good with { To = Some.Recipient() with { Locale = "xx-klingon-QQ" } }, "To[0].Locale", "unknown_locale"),
        ["unknown zone of a recipient"] = (Good with { To = Some.Recipient() with { TimeZone = "Mars/Olympus" } }, "To[0].TimeZone", "unknown_time_zone"),
        ["unknown contact"] = (Good with { To = Recipient.Contact("nobody") }, "To[0]", "unknown_contact"),
        ["no address of the kind"] = (Good with { To = Some.Recipient(), Channel = "sms" }, "To[0]", "no_address"),
        ["Cc with two in To"] = (Good with { To = [Some.Recipient(), Some.Recipient()], Cc = [Some.Recipient()] }, "Cc", "ambiguous"),
        ["Cc where there is none"] = (Good with { To = Recipient.Phone("+48123456789"), Cc = [Recipient.Phone("+48123456780")] }, "Cc", "not_supported"),
        ["malformed Bcc"] = (Good with { Bcc = [Recipient.Email("eve")] }, "Bcc[0].Address", "invalid_address"),
        ["too many for one message"] = (Good with { Bcc = [.. Enumerable.Range(0, 10).Select(_ => Some.Recipient())] }, "Bcc", "too_long"),
        ["unknown channel"] = (Good with { Channel = "emial" }, "Channel", "unknown_channel"),
        ["kind that nothing carries"] = (Good with { To = Recipient.To(new Address("pigeon", "coop-1")) }, "Channel", "unknown_channel"),
        ["unknown route"] = (Good with { Route = "urgnet" }, "Route", "unknown_route"),
        ["channel and route"] = (Good with { Channel = "email", Route = "urgent" }, "Route", "ambiguous"),
        ["no content"] = (Good with { Content = null }, "Content", "required"),
        ["empty content"] = (Good with { Content = new() }, "Content", "required"),
        ["content and template"] = (Good with { Template = new("greeting") { Data = Data() } }, "Content", "ambiguous"),
        ["subject with a line break"] = (Good with { Content = new() { Subject = "Hi\r\nBcc: eve@example.com", Text = "x" } }, "Content.Subject", "line_break"),
        ["content too large"] = (Good with { Content = new() { Text = new string('x', (4 * 1024 * 1024) + 1) } }, "Content", "too_large"),
        ["text too long for the channel"] = (Good with { To = Recipient.Phone("+48123456789"), Content = new() { Text = new string('x', 161) } }, "Content.Text", "too_long"),
        ["action without a label"] = (Good with { Content = new() { Text = "x", Actions = [new("", "https://example.com")] } }, "Content.Actions[0]", "invalid_value"),
        ["unknown template"] = (Templated("gretting"), "Template.Code", "unknown_template"),
        ["template without this kind"] = (Templated("greeting") with { To = Recipient.Phone("+48123456789") }, "Template.Code", "unknown_template"),
        ["template without this version"] = (Templated("greeting", version: 7), "Template.Version", "unknown_template"),
        ["blank template"] = (Templated(" "), "Template.Code", "invalid_value"),
        ["missing variable"] = (Templated("greeting", TemplateData.Empty), "Template.Data.Name", "missing_variable"),
        ["rendered subject with a line break"] = (Templated("greeting", Data("Anna\nBcc: eve@example.com")), "Template.Data", "line_break"),
        ["rendered content too large"] = (Templated("greeting", Data(new string('x', 4 * 1024 * 1024))), "Template", "too_large"),
        ["rendered nothing"] = (Templated("empty"), "Template", "render_failed"),
        ["unknown locale"] = (Good with { Locale = "klingon-XX" }, "Locale", "unknown_locale"),
        ["From with a line break"] = (Good with { From = "a@example.com\r\nBcc: eve@example.com" }, "From", "line_break"),
        ["malformed From"] = (Good with { From = "Salon <salon>" }, "From", "invalid_address"),
        ["blank ReplyTo"] = (Good with { ReplyTo = " " }, "ReplyTo", "invalid_value"),
        ["From too long"] = (Good with { From = new string('x', 990) + "@example.com" }, "From", "too_long"),
        ["schedule in the past"] = (Good with { SendAt = Now.AddMinutes(-1) }, "SendAt", "in_past"),
        ["schedule too far ahead"] = (Good with { SendAt = Now.AddDays(367) }, "SendAt", "too_far_ahead"),
        ["expired already"] = (Good with { ExpiresAt = Now }, "ExpiresAt", "in_past"),
        ["expires before it is sent"] = (Good with { SendAt = Now.AddHours(2), ExpiresAt = Now.AddHours(1) }, "ExpiresAt", "expires_too_early"),
        ["idempotency key too long"] = (Good with { IdempotencyKey = new string('k', 201) }, "IdempotencyKey", "too_long"),
        ["blank reference"] = (Good with { Reference = " " }, "Reference", "invalid_value"),
        ["blank category"] = (Good with { Category = "" }, "Category", "invalid_value"),
        ["no such lane"] = (Good with { Priority = (MessagePriority)9 }, "Priority", "invalid_value"),
        ["too much metadata"] = (Good with { Metadata = Enumerable.Range(0, 51).ToDictionary(i => $"{i}", i => "x") }, "Metadata", "too_long"),
        ["too large metadata"] = (Good with { Metadata = new Dictionary<string, string> { ["a"] = new('x', 8 * 1024) } }, "Metadata", "too_large"),
        ["blank metadata"] = (Good with { Metadata = new Dictionary<string, string> { [" "] = "x" } }, "Metadata", "invalid_value"),
        ["attachment with a path"] = (Attached(Attachment.FromBytes("../x.pdf", "application/pdf", "x"u8.ToArray())), "Attachments[0].FileName", "invalid_value"),
        ["attachment name with a line break"] = (Attached(Attachment.FromBytes("x\r\n.pdf", "application/pdf", "x"u8.ToArray())), "Attachments[0].FileName", "line_break"),
        ["program attached"] = (Attached(Attachment.FromBytes("x.EXE ", "application/pdf", "x"u8.ToArray())), "Attachments[0].FileName", "blocked_type"),
        ["attachment without a type"] = (Attached(Attachment.FromBytes("x.pdf", "pdf", "x"u8.ToArray())), "Attachments[0].ContentType", "invalid_value"),
        ["malformed content id"] = (Attached(Attachment.FromBytes("x.png", "image/png", "x"u8.ToArray()) with { ContentId = "<x>" }), "Attachments[0].ContentId", "invalid_value"),
        ["attachment too large"] = (Attached(Attachment.FromBytes("x.pdf", "application/pdf", new byte[(10 * 1024 * 1024) + 1])), "Attachments[0]", "too_large"),
        ["attachments too large together"] = (Attached([.. Enumerable.Range(0, 3).Select(i => Attachment.FromBytes($"{i}.pdf", "application/pdf", new byte[7 * 1024 * 1024]))]), "Attachments", "too_large"),
        ["too many attachments"] = (Attached([.. Enumerable.Range(0, 51).Select(i => Attachment.FromBytes($"{i}.pdf", "application/pdf", "x"u8.ToArray()))]), "Attachments", "too_long"),
        ["unknown attachment source"] = (Attached(Attachment.Deferred("x.pdf", "application/pdf", "invoces", "7")), "Attachments[0].Source", "unknown_source"),
        ["attachment where there are none"] = (Attached(Attachment.FromBytes("x.pdf", "application/pdf", "x"u8.ToArray())) with { To = Recipient.Phone("+48123456789") }, "Attachments", "not_supported"),
        ["null attachment"] = (Attached([null!]), "Attachments[0]", "required"),
        ["blank tenant"] = (Good with { Tenant = new TenantId(" ") }, "Tenant", "tenant"),
        ["tenant of everybody"] = (Good with { Tenant = new TenantId("*") }, "Tenant", "tenant"),
        ["tenant without a name"] = (Good with { Tenant = default(TenantId) }, "Tenant", "tenant"),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task SendAsync_BadInput_NamesTheFieldAndStoresNothing(string name)
    {
        await using var harness = new SendingHarness();
        harness.Templates.Add("greeting", subject: "Hello {Name}", text: "Hello {Name}");
        harness.Templates.Add("empty");
        var (request, field, code) = All[name];

        await harness.RefusesAsync(request, field, code);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task SendNowAsync_BadInput_CallsNoProvider(string name)
    {
        await using var harness = new SendingHarness();
        harness.Templates.Add("greeting", subject: "Hello {Name}", text: "Hello {Name}");
        harness.Templates.Add("empty");
        var (request, field, _) = All[name];

        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(() => harness.Hub.SendNowAsync(request));

        Assert.Contains(refusal.Problems, p => p.Field == field);
        Assert.Empty(harness.Immediate.Sent);
        await harness.AssertNothingStoredAsync();
    }

    [Fact]
    public async Task SendAsync_ManyThingsWrong_SaysAllAtOnce()
    {
        await using var harness = new SendingHarness();
        harness.Templates.Add("greeting", text: "Hello {Name}, {When}");
        var request = new SendRequest
        {
            To = [Recipient.Email("anna"), Recipient.Contact("nobody")],
            Template = new("greeting"),
            Channel = "email",
            From = "x\ny",
            SendAt = Now.AddDays(-1),
            Reference = "",
            Attachments = [Attachment.FromBytes("a/b", "x", default)],
        };

        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(() => harness.Hub.SendAsync(request));

        Assert.Equal(
            ["From", "SendAt", "Reference", "Attachments[0].FileName", "Attachments[0].ContentType", "To[0].Address", "To[1]", "Template.Data.Name"],
            refusal.Problems.Select(p => p.Field));
        Assert.Contains("When", refusal.Problems[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_BadAddress_IsNotRepeatedInTheText()
    {
        await using var harness = new SendingHarness();

        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(() => harness.Hub.SendAsync(Good with { To = Recipient.Email("anna.kowalska", "Anna Kowalska") }));

        Assert.DoesNotContain("kowalska", refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task SendAsync_UnknownChannel_SuggestsTheOneThatWasMeant()
    {
        await using var harness = new SendingHarness();

        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(() => harness.Hub.SendAsync(Good with { Channel = "emial" }));

        Assert.Contains("Did you mean 'email'?", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("email, sms, telegram", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_TenantRequired_AsksForOne()
    {
        await using var harness = new SendingHarness(m => m.RequireTenant());

        await harness.RefusesAsync(Good, "Tenant", "tenant");
        Assert.Equal(SendStatus.Accepted, (await harness.Hub.ForTenant(new TenantId("salon")).SendAsync(Good)).Status);
        Assert.Equal(SendStatus.Accepted, (await harness.Hub.SendAsync(Good with { Tenant = new TenantId("salon") })).Status);
    }

    [Fact]
    public async Task SendAsync_OtherTenantThanTheHubs_Refuses()
    {
        await using var harness = new SendingHarness();
        var hub = harness.Hub.ForTenant(new TenantId("salon"));

        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(() => hub.SendAsync(Good with { Tenant = new TenantId("other") }));

        Assert.Equal("Tenant", Assert.Single(refusal.Problems).Field);
        await harness.AssertNothingStoredAsync(new TenantId("other"));
        Assert.Throws<ArgumentException>(() => harness.Hub.ForTenant(new TenantId("*")));
    }

    [Fact]
    public async Task SendAsync_SlightlyPast_MeansNow()
    {
        await using var harness = new SendingHarness();

        var receipt = await harness.Hub.SendAsync(Good with { SendAt = Now.AddSeconds(-4) });

        Assert.Equal(SendStatus.Accepted, receipt.Status);
    }

    private static TemplateData Data(string name = "Anna") => TemplateData.From([KeyValuePair.Create("Name", (object?)name)]);

    private static SendRequest Templated(string code, TemplateData? data = null, int? version = null) =>
        Good with { Content = null, Template = new(code) { Data = data ?? Data(), Version = version } };

    private static SendRequest Attached(params Attachment[] attachments) => Good with { Attachments = attachments };
}
