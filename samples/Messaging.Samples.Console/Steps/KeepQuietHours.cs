using Messaging.Samples.Salon;
using Spectre.Console;

namespace Messaging.Samples.Steps;

/// <summary>Writes to a reader for whom it is night just now: the mail waits for the morning there.</summary>
public static class KeepQuietHours
{
    public static async Task RunAsync(SampleContext salon)
    {
        SampleContext.Title("A reader who sleeps");
        var zone = Places.WhereItIsNight();
        var news = await salon.Hub.SendAsync(Mails.SpringNews.To(
            Recipient.Email("nightowl@example.com") with { TimeZone = zone, Locale = "en-GB" }, new Newsletter("Nina", 20)));
        AnsiConsole.MarkupLineInterpolated($"  in {zone}: [yellow]{news.Status}[/] - {news.Why?.Text ?? ""} [grey](until {news.Why?.Until?.ToString("u") ?? "-"})[/]");
    }
}
