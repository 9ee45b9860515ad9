using System.Text;

namespace Messaging.Sending;

/// <summary>Checks that there is content or a template, and that it is not too large.</summary>
internal static class ContentRules
{
    private const int MaxActions = 50;
    private const int MaxCode = 200;

    public static void Check(Submission submission)
    {
        var (request, problems) = (submission.Request, submission.Problems);
        if (request is { Content: null, Template: null })
        {
            problems.Add(nameof(request.Content), ProblemCodes.Required, "The request has neither Content nor Template. Give one.");
        }
        else if (request is { Content: not null, Template: not null })
        {
            problems.Add(nameof(request.Content), ProblemCodes.Ambiguous, "The request has both Content and Template. Give one.");
        }

        if (request is { Channel: not null, Route: not null })
        {
            problems.Add(nameof(request.Route), ProblemCodes.Ambiguous, "The request has both Channel and Route. Give one.");
        }

        if (request.Template is { } template && (string.IsNullOrWhiteSpace(template.Code) || template.Code.Length > MaxCode))
        {
            problems.Add("Template.Code", ProblemCodes.InvalidValue, $"The code of a template has 1 to {MaxCode} characters.");
        }

        if (request.Content is { } content)
        {
            Check(content, submission);
        }
    }

    private static void Check(MessageContent content, Submission submission)
    {
        var problems = submission.Problems;
        if (content.Subject is { } subject && RequestText.HasLineBreak(subject))
        {
            problems.Add("Content.Subject", ProblemCodes.LineBreak, "The subject holds a line break, which would end the header. Take it out.");
        }

        if (string.IsNullOrEmpty(content.Subject) && string.IsNullOrEmpty(content.Text) && string.IsNullOrEmpty(content.Html) && submission.Request.Attachments.Count == 0)
        {
            problems.Add("Content", ProblemCodes.Required, "The content is empty. Give a subject, text, html or an attachment.");
        }

        var bytes = Bytes(content.Subject) + Bytes(content.Text) + Bytes(content.Html);
        if (bytes > submission.Options.MaxBodyBytes)
        {
            problems.Add("Content", ProblemCodes.TooLarge, $"The content has {bytes} bytes; it may have {submission.Options.MaxBodyBytes} (MessagingOptions.MaxBodyBytes).");
        }

        Actions(content.Actions, problems);
    }

    private static void Actions(IReadOnlyList<MessageAction> actions, ProblemList problems)
    {
        if (actions.Count > MaxActions)
        {
            problems.Add("Content.Actions", ProblemCodes.TooLong, $"The content has {actions.Count} actions; it may have {MaxActions}.");
            return;
        }

        for (var i = 0; i < actions.Count; i++)
        {
            if (actions[i] is not { } action || string.IsNullOrWhiteSpace(action.Label) || string.IsNullOrEmpty(action.Value) || RequestText.HasControl(action.Label))
            {
                problems.Add(Field.Of("Content.Actions", i).ToString(), ProblemCodes.InvalidValue, "An action needs a label of one line and a value.");
            }
        }
    }

    private static long Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
