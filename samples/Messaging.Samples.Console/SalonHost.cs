using Messaging.Channels;
using Messaging.Samples.Salon;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Messaging.Samples;

/// <summary>The salon's host: this is all the wiring that the sample needs.</summary>
public static class SalonHost
{
    public static IHost Build(SampleOptions options)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddMessaging(m => m

            // What was accepted outlives the process: run the sample twice, and it remembers.
            .UseJournal(Path.Combine(options.Directory, "journal"))
            .UseHandlebars(t => t.FromDirectory(Path.Combine(AppContext.BaseDirectory, "templates")))
            .AddEmail("email", o =>
            {
                o.ConnectionString = options.Smtp ?? Files(options, "sent");
                o.From = "Salon Róża <salon@example.com>"; // unless the connection string says otherwise: ?from=…
            })
            .AddMessages(Mails.Confirmed, Mails.Reminder, Mails.SpringNews)

            // An account that its provider lets send five mails a minute.
            .AddEmail("small-plan", Files(options, "small-plan"))
            .ConfigureAccount("small-plan", a => a.Limits = new() { Account = new RateLimit(5, TimeSpan.FromMinutes(1), Burst: 5) })

            // Two accounts behind one name. Nobody listens at the first one's address.
            .AddEmail("broken", "smtp://127.0.0.1:1?from=salon@example.com")
            .AddEmail("spare", Files(options, "spare"))
            .AddAccountGroup("reliable", g => g.Failover("broken", "spare"))

            // Marketing sleeps when its readers do.
            .QuietHours(q => (q.From, q.To) = (new TimeOnly(21, 0), new TimeOnly(8, 0))));
        return builder.Build();
    }

    private static string Files(SampleOptions options, string folder) =>
        $"pickup://{Path.Combine(options.Directory, folder)}?from=salon@example.com";
}
