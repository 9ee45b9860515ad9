using Messaging.Samples.Salon;
using Spectre.Console;

namespace Messaging.Samples.Steps;

/// <summary>Writes to thousands, each in their own language, from a stream that is never in memory as a whole.</summary>
public static class SendNewsletter
{
    public static async Task RunAsync(SampleContext salon)
    {
        SampleContext.Title($"A newsletter to {salon.Options.Subscribers:N0} readers");
        await AnsiConsole.Progress().StartAsync(async progress =>
        {
            var bar = progress.AddTask("sent", maxValue: salon.Options.Subscribers);
            var receipt = await salon.Hub.SendBulkAsync(new BulkRequest
            {
                Message = Mails.SpringNews.Shared(),
                Items = Items(salon.Options.Subscribers),
                Key = "spring-news",
            });
            await salon.WaitAsync(receipt.MessageId, statistics =>
            {
                bar.Value = statistics.Settled;
                return statistics.Settled == statistics.Total;
            });
            AnsiConsole.MarkupLineInterpolated($"  {receipt.Accepted:N0} accepted, {receipt.Refused} refused, {receipt.Suppressed} suppressed");
        });
    }

    private static async IAsyncEnumerable<BulkItem> Items(int count)
    {
        await foreach (var reader in Customers.SubscribersAsync(count))
        {
            yield return Mails.SpringNews.Item(
                Recipient.Email(reader.Email, reader.FirstName) with { Locale = reader.Locale, TimeZone = reader.TimeZone },
                new Newsletter(reader.FirstName, 20));
        }
    }
}
