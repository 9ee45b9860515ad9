namespace Messaging.Sending;

/// <summary>Checks what can be judged by looking at the request alone; everything wrong is noted.</summary>
internal sealed class RequestValidator(AttachmentRules attachments)
{
    public void Check(Submission submission)
    {
        RecipientRules.Check(submission);
        CheckShared(submission);
    }

    /// <summary>Checks what all items of a bulk share, too.</summary>
    public void CheckShared(Submission submission)
    {
        HeaderRules.Check(submission);
        ContentRules.Check(submission);
        TimeRules.Check(submission);
        KeyRules.Check(submission);
        attachments.Check(submission);
    }
}
