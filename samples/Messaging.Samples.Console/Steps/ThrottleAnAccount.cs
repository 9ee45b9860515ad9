using Spectre.Console;

namespace Messaging.Samples.Steps;

/// <summary>Sends eight mails through an account that may send five a minute: three move to the moment at which they may go, or more when some of an earlier run still wait.</summary>
public static class ThrottleAnAccount
{
    public static async Task RunAsync(SampleContext salon)
    {
        SampleContext.Title("An account with a limit");
        var receipt = await salon.Hub.SendAsync(new SendRequest
        {
            To = [.. Enumerable.Range(1, 8).Select(i => Recipient.Email($"guest{i}@example.com"))],
            Channel = "small-plan",
            Content = new() { Subject = "Thank you for your visit", Text = "Come back soon." },
        });
        var statistics = await salon.WaitAsync(receipt.MessageId, s => s[DeliveryStatus.Sent] + s[DeliveryStatus.Scheduled] == s.Total && s[DeliveryStatus.Scheduled] >= 3);
        var waiting = await salon.History.QueryAsync(new DeliveryQuery
        {
            Tenant = TenantId.Default, MessageId = receipt.MessageId, Statuses = [DeliveryStatus.Scheduled],
        });
        AnsiConsole.MarkupLineInterpolated($"  [green]{statistics[DeliveryStatus.Sent]} sent[/], [yellow]{statistics[DeliveryStatus.Scheduled]} wait[/]; no attempt was spent on them");
        Reasons.Show(waiting.Items);
    }
}
