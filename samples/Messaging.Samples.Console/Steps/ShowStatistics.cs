using Spectre.Console;

namespace Messaging.Samples.Steps;

/// <summary>Counts everything, by account and status, and says where the files are.</summary>
public static class ShowStatistics
{
    public static async Task RunAsync(SampleContext salon)
    {
        SampleContext.Title("All of it");
        var statistics = await salon.History.CountAsync(new StatisticsQuery { Tenant = TenantId.Default });
        var table = new Table().Border(TableBorder.Rounded).AddColumns("account", "status").AddColumn("deliveries", c => c.RightAligned());
        foreach (var count in statistics.ByAccount.OrderBy(c => c.Account).ThenBy(c => c.Status))
        {
            table.AddRow(Markup.Escape(count.Account), count.Status.ToString(), count.Count.ToString("N0"));
        }

        AnsiConsole.Write(table.AddRow("[bold]total[/]", "", $"[bold]{statistics.Total:N0}[/]"));
        AnsiConsole.MarkupLineInterpolated(salon.Options.Smtp is null
            ? (FormattableString)$"The mails are files: open one of [link]{salon.Options.Directory}[/]"
            : $"The confirmations and the newsletter went to your server; the rest is in {salon.Options.Directory}");
    }
}
