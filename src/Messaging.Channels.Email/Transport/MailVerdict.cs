namespace Messaging.Channels.Email;

/// <summary>What to make of a result: shall it be tried again, why did it happen, and whose fault is it.</summary>
/// <param name="Disposition">What to do.</param>
/// <param name="Reason">Why.</param>
/// <param name="Scope">Who or what is at fault.</param>
public readonly record struct MailVerdict(MailDisposition Disposition, MailReason Reason, MailScope Scope);
