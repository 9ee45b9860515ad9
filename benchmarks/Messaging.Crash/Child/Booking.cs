using System.Globalization;

namespace Messaging.Crash.Child;

/// <summary>The mail that is sent: rendered from data, and known by its number.</summary>
/// <param name="FirstName">Whose booking it is.</param>
/// <param name="Number">The number.</param>
internal sealed record Booking(string FirstName, int Number)
{
    public const string Html = "<html><body><h1>Dzień dobry {{FirstName}}</h1><p>Booking {{Number}} is confirmed.</p></body></html>";

    private static readonly MessageDefinition<Booking> Definition = MessageDefinition.Create<Booking>("booking", channel: "email");

    /// <summary>Returns the request of a number: the same each time, under the same key.</summary>
    public static SendRequest Request(int number) => Definition.To(Recipient.Email(Address(number)), new Booking("Anna", number)) with
    {
        IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"booking-{number}"),
    };

    private static string Address(int number) => string.Create(CultureInfo.InvariantCulture, $"r{number}@example.com");
}
