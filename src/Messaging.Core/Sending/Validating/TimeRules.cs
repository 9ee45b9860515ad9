namespace Messaging.Sending;

/// <summary>Checks when a message is to be sent, and until when that makes sense.</summary>
internal static class TimeRules
{
    public static void Check(Submission submission)
    {
        if (submission.Staged is not null)
        {
            // It was in order when it was staged. That it took a while to be taken in is not its caller's mistake.
            return;
        }

        var (request, problems, now) = (submission.Request, submission.Problems, submission.Now);
        if (request.SendAt is { } sendAt)
        {
            SendAt(sendAt, submission);
        }

        if (request.ExpiresAt is not { } expiresAt)
        {
            return;
        }

        if (expiresAt <= now)
        {
            problems.Add(nameof(request.ExpiresAt), ProblemCodes.InPast, "The message would be expired already. Give an instant ahead, or leave it null for the kind's own time limit.");
        }
        else if (request.SendAt is { } later && later > now && expiresAt <= later)
        {
            problems.Add(nameof(request.ExpiresAt), ProblemCodes.ExpiresTooEarly, "The message would expire before SendAt. Let it expire later.");
        }
    }

    private static void SendAt(DateTimeOffset sendAt, Submission submission)
    {
        if (sendAt < submission.Now - submission.Options.PastTolerance)
        {
            submission.Problems.Add(nameof(SendRequest.SendAt), ProblemCodes.InPast, "The instant lies in the past. Give one ahead, or leave it null to send now.");
        }
        else if (sendAt - submission.Now > submission.Options.MaxSchedule)
        {
            submission.Problems.Add(
                nameof(SendRequest.SendAt), ProblemCodes.TooFarAhead, $"The instant lies more than {submission.Options.MaxSchedule.TotalDays:0.#} days ahead (MessagingOptions.MaxSchedule).");
        }
    }
}
