namespace Messaging.Sending;

/// <summary>Checks what a bulk may not have besides what a single request may not.</summary>
internal static class BulkRules
{
    public static void Check(BulkRequest bulk, ProblemList problems)
    {
        var message = bulk.Message;
        KeyRules.Key(nameof(bulk.Key), bulk.Key, KeyRules.MaxKey, problems);
        if (message.To.Count > 0)
        {
            problems.Add("Message.To", ProblemCodes.Ambiguous, "The recipients of a bulk come from Items. Leave To empty.");
        }

        if (message.Cc.Count + message.Bcc.Count > 0)
        {
            problems.Add(message.Cc.Count > 0 ? "Message.Cc" : "Message.Bcc", ProblemCodes.NotSupported, "A bulk has no Cc and Bcc. Leave them empty.");
        }

        if (message.IdempotencyKey is { } key && key != bulk.Key)
        {
            problems.Add("Message.IdempotencyKey", ProblemCodes.Ambiguous, "The key of a bulk is its Key. Set that, and leave IdempotencyKey null.");
        }
    }
}
