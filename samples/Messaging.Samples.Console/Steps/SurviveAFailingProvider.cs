using Spectre.Console;

namespace Messaging.Samples.Steps;

/// <summary>Sends through a group whose first account is down: the next one takes over, and the history says so.</summary>
public static class SurviveAFailingProvider
{
    public static async Task RunAsync(SampleContext salon)
    {
        SampleContext.Title("A provider that is down");
        var receipt = await salon.Hub.SendAsync(new SendRequest
        {
            To = Recipient.Email("anna@example.com", "Anna"),
            Channel = "reliable",
            Content = new() { Subject = "Your voucher", Html = "<p>Dear Anna, here is your <b>voucher</b>.</p>" },
        });
        await salon.WaitAsync(receipt.MessageId, s => s[DeliveryStatus.Sent] == 1);
        salon.Interesting = receipt.Deliveries[0].Id;
        var delivery = await salon.History.GetAsync(TenantId.Default, receipt.Deliveries[0].Id);
        foreach (var attempt in delivery!.Timeline.Where(t => t.Type == TimelineType.Attempt))
        {
            AnsiConsole.MarkupLineInterpolated($"  attempt {attempt.Attempt} through [bold]{attempt.Account}[/]: {attempt.Event} {attempt.ProviderText ?? attempt.Why?.Text ?? ""}");
        }
    }
}
