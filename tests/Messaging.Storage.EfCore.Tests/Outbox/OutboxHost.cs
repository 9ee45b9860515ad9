using Messaging.Testing;
using Messaging.TestServers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>A host with a database of its own on PostgreSQL, the outbox in its context, and the suite in memory.</summary>
internal sealed class OutboxHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private OutboxHost(string database, Action<IServiceCollection, string>? configure)
    {
        Database = database;
        var services = new ServiceCollection();
        services.AddMessaging(m => m.AddOutbox<HostContext>().AddTestChannel("email").AddMessagingTesting(Clock));
        (configure ?? ((s, d) => s.AddDbContext<HostContext>(o => o.UseNpgsql(d))))(services, database);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public string Database { get; }

    public ManualTimeProvider Clock { get; } = new();

    public IServiceProvider Services => _services;

    public TestMessaging Messaging => Get<TestMessaging>();

    public IMessageHistory History => Get<IMessageHistory>();

    public static async Task<OutboxHost> StartAsync(Action<IServiceCollection, string>? configure = null)
    {
        var database = await PostgresDatabases.CreateAsync("outbox_host", async empty =>
        {
            await using var context = new HostContext(new DbContextOptionsBuilder<HostContext>().UseNpgsql(empty).Options);
            await context.Database.EnsureCreatedAsync();
        });
        return new OutboxHost(database, configure);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Does something with a context in a scope of its own.</summary>
    public async Task<T> InScopeAsync<T>(Func<HostContext, Task<T>> act)
    {
        await using var scope = _services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<HostContext>());
    }

    public Task<int> StagedAsync() => InScopeAsync(db => db.Set<IntakeRow>().CountAsync());

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await PostgresDatabases.DropAsync(Database);
    }
}
