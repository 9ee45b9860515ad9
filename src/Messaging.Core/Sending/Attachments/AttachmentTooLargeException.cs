namespace Messaging.Sending;

/// <summary>A stream went on beyond the limit; becomes a problem of the request.</summary>
internal sealed class AttachmentTooLargeException() : Exception("The attachment is larger than MessagingOptions.Attachments.MaxBytes.");
