using System.Diagnostics.CodeAnalysis;

namespace Messaging.Channels.Email;

/// <summary>Judges mail addresses and requests while they are accepted.</summary>
internal sealed class EmailRules : IChannelRules
{
    public string Kind => ChannelKinds.Email;

    public bool TryNormalize(string address, [NotNullWhen(true)] out string? canonical, [NotNullWhen(false)] out string? problem)
    {
        if (MailboxParser.TryParseAddress(address, out canonical, out problem))
        {
            return true;
        }

        problem = $"The e-mail address cannot be used: {problem}. Write it as anna@example.com.";
        return false;
    }

    public void Check(SendRequest request, ICollection<RequestProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(problems);
        CheckSender(request, problems);
        CheckSubject(request.Content?.Subject, problems);
        CheckNames(nameof(request.To), request.To, problems);
        CheckNames(nameof(request.Cc), request.Cc, problems);
        CheckNames(nameof(request.Bcc), request.Bcc, problems);
        for (var i = 0; i < request.Attachments.Count; i++)
        {
            CheckAttachment(request.Attachments[i], i, problems);
        }

        foreach (var extras in request.Extras.OfType<EmailExtras>())
        {
            EmailExtrasCheck.Check(extras, problems);
        }
    }

    private static void CheckSender(SendRequest request, ICollection<RequestProblem> problems)
    {
        if (request.From is not null && !MailboxParser.TryParse(request.From, out _, out var from))
        {
            problems.Add(new(nameof(request.From), "invalid_address", $"The sender cannot be used: {from}. Write Salon <salon@example.com>."));
        }

        if (request.ReplyTo is not null && !MailboxParser.TryParseList(request.ReplyTo, out _, out var replyTo))
        {
            problems.Add(new(nameof(request.ReplyTo), "invalid_address", $"The address for answers cannot be used: {replyTo}. Write salon@example.com."));
        }
    }

    private static void CheckSubject(string? subject, ICollection<RequestProblem> problems)
    {
        if (subject is not null && HeaderText.HasBreak(subject))
        {
            problems.Add(new("Content.Subject", "invalid_header", "The subject holds a line break or NUL, which could begin another header. Take it out."));
        }
    }

    private static void CheckNames(string field, IReadOnlyList<Recipient> recipients, ICollection<RequestProblem> problems)
    {
        for (var i = 0; i < recipients.Count; i++)
        {
            if (recipients[i].Name is { } name && HeaderText.HasBreak(name))
            {
                problems.Add(new($"{field}[{i}].Name", "invalid_header", "The name holds a line break or NUL, which could begin another header. Take it out."));
            }
        }
    }

    private static void CheckAttachment(Attachment attachment, int index, ICollection<RequestProblem> problems)
    {
        DraftProblem?[] found =
        [
            DraftAttachments.CheckName(attachment.FileName, index),
            DraftAttachments.CheckType(attachment.ContentType, index),
            DraftAttachments.CheckId(attachment.ContentId, index),
        ];
        foreach (var problem in found.OfType<DraftProblem>())
        {
            problems.Add(new(problem.Field, "invalid_attachment", problem.Text));
        }
    }
}
