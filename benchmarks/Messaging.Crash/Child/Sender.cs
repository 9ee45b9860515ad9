using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Messaging.Crash.Child;

/// <summary>A host that accepts, renders and sends until it is killed or told to stop. What it was promised it says line by line: <c>ack 17</c>.</summary>
internal static class Sender
{
    private static readonly Lock s_out = new();

    public static async Task<int> RunAsync(SenderOptions options)
    {
        using var host = Build(m => LaterSchema.Use(options.Store.Use(m).Services, options.Store, options.VersionsAhead), options.Port, Say, leaseFor: options.LeaseFor);
        await host.StartAsync();
        Say("ready");
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await SendAsync(host.Services.GetRequiredService<IMessageHub>(), options, stopping);
        if (options.Drain)
        {
            Say(await DrainAsync(host.Services.GetRequiredService<IMessageHistory>()));
        }
        else
        {
            await Task.WhenAny(Task.Run(EndOfInputAsync, CancellationToken.None), Task.Delay(Timeout.Infinite, stopping));
        }

        await host.StopAsync();
        return 0;
    }

    /// <summary>Makes a host that sends bookings to the sink; it says what it logs.</summary>
    public static IHost Build(StoreChoice store, int port, Action<string> say, bool sendOnly = false) => Build(m => store.Use(m), port, say, sendOnly);

    /// <summary>Makes a host with a store of the caller's own making.</summary>
    public static IHost Build(Action<MessagingBuilder> store, int port, Action<string> say, bool sendOnly = false, TimeSpan? leaseFor = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(new LineLogging(say)).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddMessaging(m =>
        {
            store(m);
            if (sendOnly)
            {
                m.SendOnly();
            }

            m.UseHandlebars()
                .AddTemplate("booking", "email", subject: "Booking {{Number}} ✓", html: Booking.Html)
                .AddEmail("email", string.Create(CultureInfo.InvariantCulture, $"smtp://127.0.0.1:{port}?from=salon@example.com&connections=4"))
                .ConfigureDispatcher(o => Configure(o, leaseFor ?? TimeSpan.FromSeconds(5)));
        });
        return builder.Build();
    }

    /// <summary>Claims little, and takes nothing for poison: whoever is killed every moment loses many claims.</summary>
    private static void Configure(Messaging.Dispatching.DispatcherOptions o, TimeSpan leaseFor) =>
        (o.Concurrency, o.BatchSize, o.Capacity, o.LeaseFor, o.MaxClaims) = (8, 32, 64, leaseFor, 100);

    /// <summary>Sends, until all is sent or the host is told to stop: then callers end the call that they are in, as requests do, and make no other.</summary>
    private static Task SendAsync(IMessageHub hub, SenderOptions options, CancellationToken stopping)
    {
        var numbers = new Numbers(options);
        return Task.WhenAll(Enumerable.Range(0, options.Callers).Select(_ => Task.Run(async () =>
        {
            while (!stopping.IsCancellationRequested && numbers.TryTake(out var number))
            {
                var receipt = await hub.SendAsync(Booking.Request(number));
                Say(string.Create(CultureInfo.InvariantCulture, $"{(receipt.Status is SendStatus.Accepted or SendStatus.Duplicate ? "ack" : receipt.Status)} {number}"));
                if (options.Pause > TimeSpan.Zero)
                {
                    await Task.Delay(options.Pause);
                }
            }
        })));
    }

    private static async Task<string> DrainAsync(IMessageHistory history)
    {
        while (true)
        {
            var counts = await history.CountAsync(new StatisticsQuery { Tenant = TenantId.Default });
            if (counts[DeliveryStatus.Queued] + counts[DeliveryStatus.Sending] + counts[DeliveryStatus.Scheduled] + counts[DeliveryStatus.Unconfirmed] == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"drained {counts[DeliveryStatus.Sent]} {counts.Total}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Reads the pipe to its end. The console's reader blocks, asynchronous or not.</summary>
    private static async Task EndOfInputAsync()
    {
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Whoever started it says stop by closing the pipe.
        }
    }

    /// <summary>Writes a line and lets go of it at once: what stays in a buffer dies with the process.</summary>
    private static void Say(string line)
    {
        lock (s_out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
