namespace Messaging.Sending;

/// <summary>Nobody gets one message twice: the same address on the same way is a mistake.</summary>
internal static class DuplicateRule
{
    public static void Check(Submission submission)
    {
        var drafts = submission.Drafts;
        if (drafts.Length < 2)
        {
            return;
        }

        var seen = new Dictionary<Address, int>(drafts.Length);
        foreach (var draft in drafts)
        {
            if (draft.Steps is [var step, ..] && !seen.TryAdd(step.Address, draft.Index))
            {
                submission.Problems.Add(
                    Field.Of("To", draft.Index).ToString(), ProblemCodes.DuplicateRecipient, $"The recipient has the same address as To[{seen[step.Address]}]. Leave one of them out.");
            }
        }
    }
}
