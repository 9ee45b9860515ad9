namespace Messaging.Channels.Email;

public sealed class EmailRulesTests
{
    private readonly EmailRules _rules = new();

    [Theory]
    [InlineData("Anna@EXAMPLE.com", "Anna@example.com")]
    [InlineData(" anna@bücher.example ", "anna@xn--bcher-kva.example")]
    public void TryNormalize_Valid_IsCanonical(string address, string expected)
    {
        Assert.True(_rules.TryNormalize(address, out var canonical, out _));
        Assert.Equal(expected, canonical);
    }

    [Fact]
    public void TryNormalize_Invalid_SaysWhy()
    {
        Assert.False(_rules.TryNormalize("anna.example.com", out _, out var problem));
        Assert.Equal("The e-mail address cannot be used: it has no @. Write it as anna@example.com.", problem);
    }

    [Fact]
    public void Check_GoodRequest_HasNoProblems() => Assert.Empty(Check(new SendRequest
    {
        To = Recipient.Email("anna@example.com", "Anna"),
        From = "Salon <salon@example.com>",
        ReplyTo = "a@example.com, b@example.com",
        Content = new() { Subject = "Środa" },
        Attachments = [Attachment.FromBytes("a.pdf", "application/pdf", default)],
        Extras = [new EmailExtras { Precedence = "bulk" }],
    }));

    [Fact]
    public void Check_MistakesEverywhere_NamesThemAll()
    {
        var problems = Check(new SendRequest
        {
            To = [Recipient.Email("anna@example.com", "An\r\nna"), Recipient.Email("b@example.com", "B")],
            Cc = [Recipient.Email("b@example.com", "B\0")],
            Bcc = [Recipient.Email("b@example.com", "B\n")],
            From = "Salon, Warsaw <salon@example.com>",
            ReplyTo = "nobody",
            Content = new() { Subject = "two\nlines" },
            Attachments = [Attachment.FromBytes("a\nb", "pdf", default) with { ContentId = "<x>" }],
            Extras = [new EmailExtras { Precedence = "two words" }],
        });

        Assert.Equal(
            [
                "From", "ReplyTo", "Content.Subject", "To[0].Name", "Cc[0].Name", "Bcc[0].Name", "Attachments[0].FileName",
                "Attachments[0].ContentType", "Attachments[0].ContentId", "Extras.Email.Precedence",
            ],
            problems.Select(problem => problem.Field));
        Assert.All(problems, problem => Assert.DoesNotContain("warsaw", problem.Text, StringComparison.OrdinalIgnoreCase));
    }

    private List<RequestProblem> Check(SendRequest request)
    {
        var problems = new List<RequestProblem>();
        _rules.Check(request, problems);
        return problems;
    }
}
