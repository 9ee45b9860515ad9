using Messaging.Diagnostics;

namespace Messaging.Sending;

internal static class AcceptedCounts
{
    /// <summary>Counts the deliveries of a submission that is stored.</summary>
    public static void Accepted(this MessagingTelemetry telemetry, Submission submission)
    {
        if (telemetry.CountsAccepted)
        {
            foreach (var draft in submission.Drafts)
            {
                telemetry.Accepted(submission, draft);
            }
        }
    }

    /// <summary>Counts the deliveries of one recipient: of a broadcast all of them, of a route the one that goes first.</summary>
    public static void Accepted(this MessagingTelemetry telemetry, Submission submission, Draft draft)
    {
        if (!telemetry.CountsAccepted)
        {
            return;
        }

        var current = Math.Min(draft.Current, draft.Steps.Length - 1);
        for (var i = 0; i < draft.Steps.Length; i++)
        {
            if (submission.IsBroadcast || i == current)
            {
                telemetry.Accepted(draft.Steps[i].Address.Kind, Receipts.Of(submission, draft.Steps[i]).Status);
            }
        }
    }
}
