using Messaging.Samples.Salon;
using Spectre.Console;

namespace Messaging.Samples.Steps;

/// <summary>Confirms each booking at once and puts the reminder in for the day before: one mail, two languages, one template each.</summary>
public static class SendConfirmations
{
    public static async Task RunAsync(SampleContext salon)
    {
        SampleContext.Title("Confirmations and reminders");
        var date = DateOnly.FromDateTime(DateTime.Today.AddDays(2));
        foreach (var customer in Customers.WithBookings)
        {
            var booking = new Booking(customer.FirstName, date, new TimeOnly(14, 0), "Balayage", "Zofia", 260m);
            var to = Recipient.Email(customer.Email, customer.FirstName) with { Locale = customer.Locale, TimeZone = customer.TimeZone };

            var confirmed = await salon.Hub.SendAsync(Mails.Confirmed.To(to, booking) with
            {
                IdempotencyKey = $"confirm-{customer.Id}-{date:yyyyMMdd}",
                Reference = $"booking:{customer.Id}",
            });
            var reminder = await salon.Hub.SendAsync(Mails.Reminder.To(to, booking) with
            {
                SendAt = DateTimeOffset.Now.AddDays(1),
                Reference = $"booking:{customer.Id}",
            });
            AnsiConsole.MarkupLineInterpolated($"  {customer.FirstName} ({customer.Locale}): confirmation [green]{confirmed.Status}[/], reminder [yellow]{reminder.Status}[/] - {reminder.Why?.Text ?? ""}");
            await salon.WaitAsync(confirmed.MessageId, s => s.Settled == s.Total);
        }

        // Sending it again by mistake changes nothing.
        var first = Customers.WithBookings[0];
        var again = await salon.Hub.SendAsync(
            Mails.Confirmed.To(
                Recipient.Email(first.Email, first.FirstName) with { Locale = first.Locale, TimeZone = first.TimeZone },
                new Booking(first.FirstName, date, new TimeOnly(14, 0), "Balayage", "Zofia", 260m)) with
            {
                IdempotencyKey = $"confirm-{first.Id}-{date:yyyyMMdd}",
                Reference = $"booking:{first.Id}",
            });
        AnsiConsole.MarkupLineInterpolated($"  The same confirmation once more: [yellow]{again.Status}[/]");
    }
}
