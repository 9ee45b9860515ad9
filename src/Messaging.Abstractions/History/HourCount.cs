namespace Messaging;

/// <summary>A count of deliveries of one hour.</summary>
/// <param name="Hour">The beginning of the hour of acceptance, in UTC.</param>
/// <param name="Status">Where they stand.</param>
/// <param name="Count">How many.</param>
public sealed record HourCount(DateTimeOffset Hour, DeliveryStatus Status, long Count);
