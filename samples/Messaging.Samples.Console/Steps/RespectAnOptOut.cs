using Messaging.Gates;
using Messaging.Samples.Salon;
using Spectre.Console;

namespace Messaging.Samples.Steps;

/// <summary>Somebody does not want the newsletter any more. Booking mails still reach them.</summary>
public static class RespectAnOptOut
{
    public static async Task RunAsync(SampleContext salon)
    {
        SampleContext.Title("A reader who opted out");
        await salon.Suppressions.AddAsync(new Suppression
        {
            Tenant = TenantId.Default,
            Address = new Address(ChannelKinds.Email, "bartek@example.com"),
            Category = Categories.Marketing,
            Reason = SuppressionReason.Unsubscribed,
            Source = "preference page",
        });
        var news = await salon.Hub.SendAsync(Mails.SpringNews.To(Recipient.Email("bartek@example.com"), new Newsletter("Bartłomiej", 20)));
        AnsiConsole.MarkupLineInterpolated($"  newsletter: [yellow]{news.Status}[/] - {news.Why?.Text ?? ""} [grey]({news.Why?.Code ?? ""})[/]");
    }
}
