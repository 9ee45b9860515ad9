namespace Messaging.Samples.Salon;

/// <summary>The salon's customers: a few with bookings, and as many readers of the newsletter as you like.</summary>
public static class Customers
{
    public static IReadOnlyList<Customer> WithBookings { get; } =
    [
        new("anna", "Anna", "anna@example.com", "pl-PL"),
        new("bartek", "Bartłomiej", "bartek@example.com", "pl-PL"),
        new("claire", "Claire", "claire@example.com", "en-GB", "Europe/London"),
    ];

    /// <summary>Reads the newsletter's subscribers as a database would hand them out: one after the other, never all at once.</summary>
    /// <remarks>They live where it is day now, so that nobody's copy has to wait for the morning: see the step on quiet hours.</remarks>
    public static async IAsyncEnumerable<Customer> SubscribersAsync(int count)
    {
        var zone = Places.WhereItIsDay();
        for (var i = 0; i < count; i++)
        {
            if (i % 1_000 == 0)
            {
                await Task.Yield();
            }

            yield return new Customer($"reader-{i}", i % 2 == 0 ? "Kasia" : "Kate", $"reader{i}@example.com", i % 2 == 0 ? "pl-PL" : "en-GB", zone);
        }
    }
}
