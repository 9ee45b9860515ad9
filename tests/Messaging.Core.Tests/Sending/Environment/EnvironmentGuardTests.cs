using Messaging.Storage;
using Messaging.Storage.Memory;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

public sealed class EnvironmentGuardTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly MemoryStore _store;

    public EnvironmentGuardTests() => _store = new MemoryStore(_time);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task CheckAsync_UnstampedStore_IsStampedAndDispatched()
    {
        await using var process = Process("production");

        Assert.Null(await Guard(process).CheckAsync(CancellationToken.None));
        Assert.Equal("production", await Environment(process).StampAsync());
    }

    [Fact]
    public async Task CheckAsync_NobodyNamesAnEnvironment_LeavesTheStoreAlone()
    {
        await using var process = Process(null);

        Assert.Null(await Guard(process).CheckAsync(CancellationToken.None));
        Assert.Null(await Environment(process).StampAsync());
    }

    [Theory]
    [InlineData("staging")]
    [InlineData(null)]
    public async Task CheckAsync_StoreOfAnotherEnvironment_StopsUntilConfirmed(string? own)
    {
        await using var production = Process("production");
        await Guard(production).CheckAsync(CancellationToken.None);
        await using var copy = Process(own);

        var why = await Guard(copy).CheckAsync(CancellationToken.None);

        Assert.Equal(WhyCodes.EnvironmentMismatch, why?.Code);
        Assert.Contains("'production'", why?.Text, StringComparison.Ordinal);
        if (own is null)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => Environment(copy).ConfirmAsync().AsTask());
            return;
        }

        await Environment(copy).ConfirmAsync();
        Assert.Null(await Guard(copy).CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task CheckAsync_ConfirmedElsewhere_IsNoticedWithinHalfAMinute()
    {
        await using var production = Process("production");
        await using var staging = Process("staging");
        Assert.Null(await Guard(production).CheckAsync(CancellationToken.None));
        await Environment(staging).ConfirmAsync();

        Assert.Null(await Guard(production).CheckAsync(CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(WhyCodes.EnvironmentMismatch, (await Guard(production).CheckAsync(CancellationToken.None))?.Code);
    }

    [Fact]
    public async Task CheckAsync_AskedOften_AnswersAtOnceFromMemory()
    {
        await using var process = Process("production");
        await Guard(process).CheckAsync(CancellationToken.None);

        var again = Guard(process).CheckAsync(CancellationToken.None).AsTask();

        Assert.True(again.IsCompletedSuccessfully);
        Assert.Null(await again);
    }

    private static IEnvironmentGuard Guard(ServiceProvider process) => process.GetRequiredService<IEnvironmentGuard>();

    private static IStoreEnvironment Environment(ServiceProvider process) => process.GetRequiredService<IStoreEnvironment>();

    private ServiceProvider Process(string? environment)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddSingleton<IMessageStore>(_store);
        services.AddSingleton<IEntityStore>(_store);
        services.AddMessaging(m => _ = environment is null ? m : m.Environment(environment));
        return services.BuildServiceProvider();
    }
}
