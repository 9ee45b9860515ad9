namespace Messaging.Benchmarks.Hosting;

/// <summary>The data of a realistic mail: a booking of three services at a salon.</summary>
internal sealed record BookingMail(
    string FirstName, string SalonName, string Street, string City, string Phone, DateOnly Date, TimeOnly Time, string Stylist,
    IReadOnlyList<IReadOnlyDictionary<string, object?>> Services, decimal Total, bool Parking, string CancelUrl)
{
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, object?>> ThreeServices =
    [
        new Dictionary<string, object?> { ["Name"] = "Strzyżenie damskie", ["Minutes"] = 45, ["Price"] = 120m },
        new Dictionary<string, object?> { ["Name"] = "Koloryzacja", ["Minutes"] = 90, ["Price"] = 260m },
        new Dictionary<string, object?> { ["Name"] = "Modelowanie", ["Minutes"] = 30, ["Price"] = 60m },
    ];

    public static MessageDefinition<BookingMail> Definition { get; } =
        MessageDefinition.Create<BookingMail>("booking_confirmed", channel: "email");

    public static BookingMail Number(int i) => new(
        "Anna", "Salon Róża & Synowie", "ul. Długa 7", "Kraków", "+48 12 345 67 89", new DateOnly(2027, 3, 14), new TimeOnly(14, 0), "Zofia",
        ThreeServices, 440m, i % 2 == 0, "https://salon.example.com/bookings/981/cancel");
}
