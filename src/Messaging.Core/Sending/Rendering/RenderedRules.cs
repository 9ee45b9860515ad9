using System.Text;

namespace Messaging.Sending;

/// <summary>Checks what came out of a template: the data may hold what the request's own content may not.</summary>
internal static class RenderedRules
{
    /// <summary>Notes what is wrong with rendered content.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="step">The step that it was rendered for.</param>
    /// <param name="section">The content's section, its head included.</param>
    public static void Check(Submission submission, DraftStep step, ReadOnlyMemory<byte> section)
    {
        if (!new PayloadReader(section).TrySection(out _, out var inside))
        {
            return;
        }

        var content = StoredContent.Read(inside);
        var problems = submission.Problems;
        if (content.Subject.Utf8.Span.IndexOfAny((byte)'\r', (byte)'\n', (byte)0) >= 0)
        {
            problems.Add("Template.Data", ProblemCodes.LineBreak, "The rendered subject holds a line break, which would end the header. Take it out of the data or the template.");
        }

        var bytes = content.Subject.Utf8.Length + content.Text.Utf8.Length + content.Html.Utf8.Length;
        if (bytes == 0)
        {
            problems.Add("Template", ProblemCodes.RenderFailed, "The template rendered nothing: it has no subject, text or html for this kind.");
        }

        if (bytes > submission.Options.MaxBodyBytes)
        {
            problems.Add("Template", ProblemCodes.TooLarge, $"The rendered content has {bytes} bytes; it may have {submission.Options.MaxBodyBytes} (MessagingOptions.MaxBodyBytes).");
        }

        if (submission.Route is null && step.Target.Capabilities.MaxTextLength is { } most && Encoding.UTF8.GetCharCount(content.Text.Utf8.Span) is var length && length > most)
        {
            problems.Add("Template", ProblemCodes.TooLong, $"The rendered text has {length} characters; the channel '{step.Way.Channel}' carries {most}.");
        }
    }
}
