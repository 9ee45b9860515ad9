using Spectre.Console;

namespace Messaging.Samples.Steps;

/// <summary>Reads everything that happened to one delivery, in order.</summary>
public static class ExplainOneDelivery
{
    public static async Task RunAsync(SampleContext salon)
    {
        SampleContext.Title("The timeline of one delivery");
        var delivery = await salon.History.GetAsync(TenantId.Default, salon.Interesting!.Value);
        var table = new Table().Border(TableBorder.Simple).AddColumns("when", "what", "account", "result", "why");
        foreach (var entry in delivery!.Timeline)
        {
            table.AddRow(
                Markup.Escape(entry.At.ToLocalTime().ToString("HH:mm:ss.fff")),
                Markup.Escape(entry.Attempt is { } n ? $"{entry.Type} {n}" : entry.Type.ToString()),
                Markup.Escape(entry.Account ?? ""),
                Markup.Escape(entry.Event == MessageEventType.Unknown ? "" : entry.Event.ToString()),
                Markup.Escape(entry.Why?.Text ?? entry.ProviderText ?? ""));
        }

        AnsiConsole.Write(table);
    }
}
