namespace Messaging.Samples.Salon;

/// <summary>What a booking mail shows.</summary>
public sealed record Booking(string FirstName, DateOnly Date, TimeOnly Time, string Service, string Stylist, decimal Price);
