namespace Messaging.Benchmarks.Hosting;

/// <summary>The data of a realistic mail: a booking of three services at a salon.</summary>
internal sealed record BookingMail(
    string FirstName, string SalonName, string Street, string City, string Phone, DateOnly Date, TimeOnly Time, string Stylist,
    IReadOnlyList<ServiceLine> Services, decimal Total, bool Parking, string CancelUrl)
{
    private static readonly ServiceLine[] FromTheCatalogue = [new("Strzyżenie damskie", 45, 120m), new("Koloryzacja", 90, 260m), new("Modelowanie", 30, 60m)];

    public static MessageDefinition<BookingMail> Definition { get; } =
        MessageDefinition.Create("booking_confirmed", BookingJson.Default.BookingMail, channel: "email");

    public static BookingMail Number(int i) => new(
        "Anna", "Salon Róża & Synowie", "ul. Długa 7", "Kraków", "+48 12 345 67 89", new DateOnly(2027, 3, 14), new TimeOnly(14, 0), "Zofia",
        FromTheCatalogue, 440m, i % 2 == 0, "https://salon.example.com/bookings/981/cancel");
}

