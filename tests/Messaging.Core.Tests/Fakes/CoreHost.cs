using Messaging.Channels;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Fakes;

/// <summary>The core over the in-memory store, with a clock that the test moves.</summary>
internal sealed class CoreHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public CoreHost(Action<MessagingBuilder> configure, ManualTimeProvider? time = null)
    {
        Time = time ?? new ManualTimeProvider();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddMemoryMessagingStore();
        services.AddMessaging(configure);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = false, ValidateScopes = true });
    }

    public ManualTimeProvider Time { get; }

    public IServiceProvider Services => _services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task StartAsync()
    {
        foreach (var check in _services.GetServices<IStartupCheck>())
        {
            await check.CheckAsync(CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
