using Messaging.Storage;
using Microsoft.Extensions.Options;

namespace Messaging.Sending;

/// <inheritdoc cref="IEnvironmentGuard"/>
internal sealed class EnvironmentGuard(IMessageStore store, IEntityStore entities, IOptionsMonitor<MessagingOptions> options, TimeProvider time)
    : IEnvironmentGuard, IStoreEnvironment
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private volatile Answer? _last;

    public string? Own => options.CurrentValue.Environment;

    public ValueTask<Why?> CheckAsync(CancellationToken cancellationToken) =>
        _last is { } last && last.Own == Own && time.GetUtcNow() - last.At < Fresh ? new(last.Why) : ReadAsync(cancellationToken);

    public async ValueTask<string?> StampAsync(CancellationToken cancellationToken = default) =>
        (await FindAsync(cancellationToken).ConfigureAwait(false))?.Value.Name;

    public async ValueTask ConfirmAsync(CancellationToken cancellationToken = default)
    {
        var own = Own ?? throw new InvalidOperationException(
            "The store cannot be confirmed: this process does not say in which environment it runs. Name it with Environment(\"…\").");
        await PutAsync(own, expected: null, cancellationToken).ConfigureAwait(false);
        _last = null;
    }

    private async ValueTask<Why?> ReadAsync(CancellationToken cancellationToken)
    {
        var own = Own;
        var stamp = (await FindAsync(cancellationToken).ConfigureAwait(false))?.Value.Name;
        if (stamp is null && own is not null)
        {
            // Another process may stamp it first: what it wrote is then read.
            await PutAsync(own, expected: 0, cancellationToken).ConfigureAwait(false);
            stamp = await StampAsync(cancellationToken).ConfigureAwait(false);
        }

        var answer = new Answer(own, Judge(own, stamp), time.GetUtcNow());
        _last = answer;
        return answer.Why;
    }

    private static Why? Judge(string? own, string? stamp) => stamp == own || stamp is null ? null : new Why(
        WhyCodes.EnvironmentMismatch,
        $"The store is stamped '{stamp}', and this process runs in {(own is null ? "no named environment" : $"'{own}'")}. "
        + "Nothing is sent until IStoreEnvironment.ConfirmAsync() says that the store belongs here.");

    private ValueTask<Versioned<EnvironmentStamp>?> FindAsync(CancellationToken cancellationToken) =>
        entities.GetAsync<EnvironmentStamp>(EntitySchema.SharedTenant, EnvironmentStamp.OnlyKey, cancellationToken);

    private async ValueTask PutAsync(string name, long? expected, CancellationToken cancellationToken) =>
        await store.CommitAsync([new Change { Entities = [EntityChange.Put(new EnvironmentStamp(name), expected)] }], cancellationToken).ConfigureAwait(false);

    private sealed record Answer(string? Own, Why? Why, DateTimeOffset At);
}
