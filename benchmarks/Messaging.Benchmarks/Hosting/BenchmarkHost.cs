using Messaging.Crash;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Messaging.Benchmarks.Hosting;

/// <summary>A host with the suite in it, as a user would build one; logging off.</summary>
internal sealed class BenchmarkHost : IAsyncDisposable
{
    private readonly IHost _host;

    private BenchmarkHost(IHost host) => _host = host;

    public IMessageHub Hub => _host.Services.GetRequiredService<IMessageHub>();

    public IMessageHistory History => _host.Services.GetRequiredService<IMessageHistory>();

    public IServiceProvider Services => _host.Services;

    /// <param name="store">Where an empty store comes from.</param>
    /// <param name="configure">What else the scenario wants.</param>
    /// <param name="sendOnly">Accept without dispatching.</param>
    public static async Task<BenchmarkHost> StartAsync(BenchmarkStore store, Action<MessagingBuilder> configure, bool sendOnly = false) =>
        await StartAsync(await store.FreshAsync(), configure, sendOnly);

    /// <param name="store">The store; what is in it stays.</param>
    /// <param name="configure">What else the scenario wants.</param>
    /// <param name="sendOnly">Accept without dispatching.</param>
    public static async Task<BenchmarkHost> StartAsync(StoreChoice store, Action<MessagingBuilder> configure, bool sendOnly = false)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.Services.AddMessaging(m =>
        {
            store.Use(m);
            if (sendOnly)
            {
                m.SendOnly();
            }

            configure(m);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new BenchmarkHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }
}
