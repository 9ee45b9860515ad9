namespace Messaging.Samples.Salon;

/// <summary>What a newsletter shows.</summary>
public sealed record Newsletter(string FirstName, int Discount);
