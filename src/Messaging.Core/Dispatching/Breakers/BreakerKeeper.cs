using System.Text.Json;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>Wakes what waits for an account: one delivery when the account is to be tried, all of them when it works.</summary>
internal sealed class BreakerKeeper(IEntityStore entities, IMessageStore store, BreakerKeys keys, TimeProvider time) : IMaintenanceTask
{
    public const string TaskName = "breaker";

    /// <summary>How many go at first when an account works again; twice as many after each <see cref="Pause"/>, so that an account which fails once more has not taken all of them up for nothing.</summary>
    public const int FirstRelease = 500;

    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>What was being parked while the breaker closed is found a little later, and once more after that.</summary>
    private static readonly TimeSpan[] s_sweeps = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];

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

        var now = time.GetUtcNow();
        if (state.Status == BreakerStatus.Closed)
        {
            return await LetGoAsync(keys.Of(key, state.Kind), now - state.Until, now, cancellationToken).ConfigureAwait(false);
        }

        return state.Until > now ? null : await WakeOneAsync(keys.Of(key, state.Kind), now, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<DateTimeOffset?> LetGoAsync(IReadOnlyList<string> parkKeys, TimeSpan since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var most = FirstRelease << (int)Math.Clamp(since / Pause, 0, 20);
        if (await ReleaseAsync(parkKeys, most, cancellationToken).ConfigureAwait(false) >= most)
        {
            return now + Pause;
        }

        foreach (var sweep in s_sweeps)
        {
            if (since < sweep)
            {
                return now + (sweep - since);
            }
        }

        return null;
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
