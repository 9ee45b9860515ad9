using Messaging.Gates;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Makes the message that a store keeps.</summary>
internal static class MessageFactory
{
    /// <summary>Writes the message's payload, and the payloads without content of deliveries that will not be sent; returns where the message's begins and ends.</summary>
    public static (int Start, int End) Write(Submission submission, AttachmentSet attachments)
    {
        var start = MessagePayload.Write(submission.Buffer, submission.Request, attachments.Attachments, NeedsData(submission));
        var end = submission.Buffer.Length;
        Strip(submission);
        return (start, end);
    }

    /// <summary>Makes the message. Nothing may be written to the submission's buffer from here on.</summary>
    public static StoredMessage Make(Submission submission, MessageId id, (int Start, int End) payload) => new()
    {
        Id = id,
        Tenant = submission.Tenant,
        AcceptedAt = submission.Now,
        Category = submission.Request.Category,
        Template = submission.Request.Template?.Code,
        Reference = submission.Request.Reference,
        ExpiresAt = submission.ExpiresAt,
        Sensitive = submission.Request.Sensitive,
        Payload = submission.Buffer.Slice(payload.Start, payload.End),
    };

    /// <summary>Whether something is rendered later: data that is rendered already is not kept twice.</summary>
    private static bool NeedsData(Submission submission)
    {
        if (submission.RendersLater || submission.Route is Routing.Route.Fallback)
        {
            return true;
        }

        foreach (var draft in submission.Drafts)
        {
            foreach (var step in draft.Steps)
            {
                if (IsSuppressed(step))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>What is not sent is not kept: were it sent after all, at an operator's word, it would be rendered then.</summary>
    private static void Strip(Submission submission)
    {
        foreach (var draft in submission.Drafts)
        {
            foreach (var step in draft.Steps)
            {
                if (step.Template is not null && IsSuppressed(step))
                {
                    step.Payload = ContentRenderer.Envelope(submission, draft, step);
                }
            }
        }
    }

    private static bool IsSuppressed(DraftStep step) => step.Candidate is { Outcome: GateOutcome.Suppress };
}
