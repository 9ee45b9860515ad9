namespace Messaging.Channels.Email;

/// <summary>Finds everything that is wrong with extras, while the caller still listens.</summary>
internal static class EmailExtrasCheck
{
    private const string Field = "Extras.Email.";

    public static void Check(EmailExtras extras, ICollection<RequestProblem> problems)
    {
        foreach (var (name, value) in extras.Headers)
        {
            Add(problems, HeaderField(name), "invalid_header", CheckHeader(name, value));
        }

        Add(problems, "Sender", "invalid_address", CheckMailbox(extras.Sender));
        Add(problems, "InReplyTo", "invalid_message_id", CheckMessageId(extras.InReplyTo));
        for (var i = 0; i < extras.References.Count; i++)
        {
            Add(problems, $"References[{i}]", "invalid_message_id", CheckMessageId(extras.References[i]));
        }

        Add(problems, "UnsubscribeUrl", "invalid_url", CheckUnsubscribeUrl(extras.UnsubscribeUrl));
        Add(problems, "UnsubscribeMailto", "invalid_address", CheckMailto(extras.UnsubscribeMailto));
        Add(problems, "Precedence", "invalid_header", CheckPrecedence(extras.Precedence));
    }

    /// <summary>Says what is wrong with a custom header.</summary>
    /// <returns>A sentence; <see langword="null"/> when all is well.</returns>
    public static string? CheckHeader(string name, string value)
    {
        if (!HeaderText.IsName(name))
        {
            return "A header's name holds only the characters ! to ~ without the colon, at most 76 of them.";
        }

        if (ReservedHeaders.AdviceFor(name) is { } advice)
        {
            return $"This header cannot be set by hand. {advice}.";
        }

        return value is null || HeaderText.HasBreak(value)
            ? "The value holds a line break or NUL, which could begin another header. Take it out."
            : null;
    }

    /// <summary>Names the header where that is safe.</summary>
    public static string HeaderField(string name) => HeaderText.IsName(name) ? $"Headers[{name}]" : "Headers";

    /// <summary>Says what is wrong with a Message-ID.</summary>
    public static string? CheckMessageId(string? id) => id is null || MessageIds.IsValid(id)
        ? null
        : "A Message-ID has the form <left@right>: printable ASCII without blanks, at most 400 characters.";

    /// <summary>Says what is wrong with a Precedence.</summary>
    public static string? CheckPrecedence(string? precedence) => precedence is null || HeaderText.IsToken(precedence)
        ? null
        : "Precedence is one word, such as bulk or list.";

    /// <summary>Says what is wrong with the address in a List-Unsubscribe.</summary>
    public static string? CheckMailto(string? mailto)
    {
        if (mailto is null)
        {
            return null;
        }

        return MailboxParser.TryParseAddress(mailto, out var address, out var problem) && HeaderText.IsToken(address)
            ? null
            : $"The address cannot be used: {problem ?? "its local part is outside ASCII"}.";
    }

    /// <summary>Says what is wrong with a page that unsubscribes.</summary>
    public static string? CheckUnsubscribeUrl(Uri? url) =>
        url is null || (url is { IsAbsoluteUri: true, Scheme: "https" } && url.AbsoluteUri.Length <= HeaderFolding.LongestWord
            && HeaderText.IsToken(url.AbsoluteUri))
            ? null
            : $"One-click unsubscribing needs an absolute https address in ASCII, of at most {HeaderFolding.LongestWord} characters (RFC 8058).";

    private static string? CheckMailbox(string? text) =>
        text is null || MailboxParser.TryParse(text, out _, out var problem) ? null : $"The sender cannot be used: {problem}.";

    private static void Add(ICollection<RequestProblem> problems, string field, string code, string? text)
    {
        if (text is not null)
        {
            problems.Add(new RequestProblem(Field + field, code, text));
        }
    }
}
