using System.Text.Json;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>Wakes what waits for an account: one delivery when the account is to be tried, all of them when it works.</summary>
internal sealed class BreakerKeeper(IEntityStore entities, IMessageStore store, BreakerKeys keys, TimeProvider time) : IMaintenanceTask
{
    public const string TaskName = "breaker";

    /// <summary>How long the delivery that was woken may take to become a probe before the next one is woken: it may have been suppressed.</summary>
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(30);

    public string Name => TaskName;

    public async ValueTask<DateTimeOffset?> RunAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var key = JsonSerializer.Deserialize(payload.Span, DispatchJson.Default.BreakerReference)!.ToKey();
        var found = await entities.GetAsync<BreakerState>(BreakerState.OwnerOf(key), key.Name, cancellationToken).ConfigureAwait(false);
        if (found?.Value is not { } state)
        {
            return null;
        }

        if (state.Status == BreakerStatus.Closed)
        {
            await ReleaseAsync(keys.Of(key, state.Kind), int.MaxValue, cancellationToken).ConfigureAwait(false);
            return null;
        }

        var now = time.GetUtcNow();
        return state.Until > now ? null : await WakeOneAsync(keys.Of(key, state.Kind), now, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<DateTimeOffset?> WakeOneAsync(IReadOnlyList<string> parkKeys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var parkKey in parkKeys)
        {
            if (await ReleaseAsync([parkKey], 1, cancellationToken).ConfigureAwait(false) > 0)
            {
                return now + s_again;
            }
        }

        return null;
    }

    private async ValueTask<int> ReleaseAsync(IReadOnlyList<string> parkKeys, int most, CancellationToken cancellationToken)
    {
        var change = new Change { Releases = [.. parkKeys.Select(key => new Release(key, most))] };
        var results = await store.CommitAsync([change], cancellationToken).ConfigureAwait(false);
        return results[0].Released;
    }
}
