namespace Messaging.Channels;

/// <summary>The result of one recipient among several of one delivery.</summary>
/// <param name="Recipient">The recipient's place: 0 is To, then Cc, then Bcc.</param>
/// <param name="Result">What the provider said about this recipient.</param>
public sealed record RecipientResult(int Recipient, SendResult Result);
