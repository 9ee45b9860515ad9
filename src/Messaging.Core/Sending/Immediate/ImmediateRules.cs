namespace Messaging.Sending;

/// <summary>Checks that nothing is asked of a send within the call that only a durable one can do.</summary>
internal static class ImmediateRules
{
    public static void Check(Submission submission)
    {
        if (submission.Request.Route is not null)
        {
            submission.Problems.Add(
                nameof(SendRequest.Route), ProblemCodes.NotSupported, "A send within the call makes one attempt, and a route may need several. Use SendAsync, or name a Channel.");
        }

        if (submission.Request.SendAt is { } at && at > submission.Now)
        {
            submission.Problems.Add(nameof(SendRequest.SendAt), ProblemCodes.NotSupported, "A send within the call happens now. Use SendAsync for a later moment.");
        }
    }
}
