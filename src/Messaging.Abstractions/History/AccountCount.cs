namespace Messaging;

/// <summary>A count of deliveries of one account.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Account">The account that carried them, or is to.</param>
/// <param name="Status">Where they stand.</param>
/// <param name="Count">How many.</param>
public sealed record AccountCount(string Kind, string Account, DeliveryStatus Status, long Count);
