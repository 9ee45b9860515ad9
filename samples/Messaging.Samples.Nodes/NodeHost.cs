using Messaging.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Messaging.Samples.Nodes;

/// <summary>A node's host. Nothing in it says that there are others: they share the database, and that is all.</summary>
public static class NodeHost
{
    public static IHost Build(NodeOptions options)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddMessaging(m =>
        {
            m.UsePostgreSql(options.Postgres)
                .UseHandlebars()
                .AddTemplate("booking", "email", subject: "Booking {{Number}}", html: "<p>Booking {{Number}} is confirmed.</p>")
                .AddMessages(Bookings.Confirmed)

                // Every node puts its mails into a folder of its own, so that one can see who sent what.
                .AddEmail("email", $"pickup://{Path.Combine(options.Files, options.Name)}?from=salon@example.com")

                // The provider takes fifty a second, from all nodes together.
                .ConfigureAccount("email", a => a.Limits = new() { Account = new RateLimit(50, TimeSpan.FromSeconds(1), Burst: 20) })

                // A node that dies is missed after five seconds. The default is a minute.
                .ConfigureDispatcher(d => d.LeaseFor = TimeSpan.FromSeconds(5));

            if (options.Report)
            {
                m.SendOnly(); // it may accept and read, and sends nothing
            }
        });
        return builder.Build();
    }
}
