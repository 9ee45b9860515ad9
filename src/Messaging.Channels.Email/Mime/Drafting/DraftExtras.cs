namespace Messaging.Channels.Email;

/// <summary>Checks extras as they come back from the store: what is written into a header is checked here whoever stored it.</summary>
internal static class DraftExtras
{
    private const string Field = "Extras.Email.";

    public static DraftProblem? Check(MailDraft draft)
    {
        if (draft.Message.Extras.Count == 0)
        {
            return null;
        }

        foreach (var (name, value) in draft.Message.Extras)
        {
            if (Check(draft, name, value) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static DraftProblem? Check(MailDraft draft, string name, string value) => name switch
    {
        _ when name.StartsWith(EmailProperties.Header, StringComparison.Ordinal) => Header(name[EmailProperties.Header.Length..], value),
        EmailProperties.Sender => Sender(draft, value),
        EmailProperties.InReplyTo => Problem("InReplyTo", EmailExtrasCheck.CheckMessageId(value)),
        EmailProperties.References => Problem("References", MessageIds.AreValid(value) ? null : EmailExtrasCheck.CheckMessageId("")),
        EmailProperties.UnsubscribeUrl => Problem("UnsubscribeUrl", EmailExtrasCheck.CheckUnsubscribeUrl(UrlOf(value))),
        EmailProperties.UnsubscribeMailto => Problem("UnsubscribeMailto", EmailExtrasCheck.CheckMailto(value)),
        EmailProperties.Precedence => Problem("Precedence", EmailExtrasCheck.CheckPrecedence(value)),
        EmailProperties.AutoSubmitted => Problem("AutoSubmitted", HeaderText.IsToken(value) ? null : "It is one word."),
        _ => null,
    };

    private static DraftProblem? Header(string name, string value) =>
        Problem(EmailExtrasCheck.HeaderField(name), EmailExtrasCheck.CheckHeader(name, value));

    private static DraftProblem? Sender(MailDraft draft, string value)
    {
        if (!MailboxParser.TryParse(value, out var sender, out var problem))
        {
            return Problem("Sender", $"The sender cannot be used: {problem}.");
        }

        draft.Sender = sender;
        return null;
    }

    private static Uri UrlOf(string value) => Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out var url) ? url : new Uri("", UriKind.Relative);

    private static DraftProblem? Problem(string field, string? text) => text is null ? null : new DraftProblem(Field + field, text);
}
