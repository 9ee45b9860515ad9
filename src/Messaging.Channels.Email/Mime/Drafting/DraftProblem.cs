namespace Messaging.Channels.Email;

/// <summary>Why a message cannot become a mail.</summary>
/// <param name="Field">The field.</param>
/// <param name="Text">What is wrong and how to mend it, without addresses and content.</param>
/// <param name="Reason">The kind of refusal.</param>
/// <param name="Scope">Whose fault it is.</param>
internal sealed record DraftProblem(
    string Field, string Text, RejectionReason Reason = RejectionReason.Content, FailureScope Scope = FailureScope.Message)
{
    public SendResult ToResult() => new SendResult.Rejected(Reason, Scope, null, $"{Field}: {Text}");
}
