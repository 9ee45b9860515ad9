namespace Messaging.Contacts;

/// <summary>By what a contact is looked up: the host's key or the suite's.</summary>
/// <param name="ExternalId">The host's key.</param>
/// <param name="ContactId">The suite's key; goes first when both are given.</param>
public readonly record struct RecipientKey(string? ExternalId, ContactId? ContactId = null);
