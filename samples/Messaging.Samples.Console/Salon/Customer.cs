namespace Messaging.Samples.Salon;

/// <summary>Somebody who comes to the salon.</summary>
public sealed record Customer(string Id, string FirstName, string Email, string Locale, string TimeZone = "Europe/Warsaw");
