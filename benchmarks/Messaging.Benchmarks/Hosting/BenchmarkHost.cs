using Messaging.Channels;
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

    /// <param name="store">The store: <c>memory</c>.</param>
    /// <param name="configure">What else the scenario wants.</param>
    /// <param name="sendOnly">Accept without dispatching.</param>
    public static async Task<BenchmarkHost> StartAsync(string store, Action<MessagingBuilder> configure, bool sendOnly = false)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.Services.AddMessaging(m =>
        {
            Store(m, store);
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

    private static void Store(MessagingBuilder m, string store)
    {
        if (store != "memory")
        {
            throw new ArgumentException($"--store {store}: there is only 'memory' yet.");
        }

        ArgumentNullException.ThrowIfNull(m);
    }
}
