using Messaging.Storage;

namespace Messaging.Gates;

/// <summary>Holds what an operator paused: a tenant, an account, a template.</summary>
internal sealed class PauseGate(PauseBook book) : ISendGate
{
    public string Name => "pause";

    public int Order => GateOrder.Pause;

    /// <summary>Who pauses means now.</summary>
    public GateRecheck Recheck => GateRecheck.Always;

    public ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        if (!batch.HasOneTenant(out var tenant))
        {
            return DecideManyAsync(batch, cancellationToken);
        }

        var shared = book.GetAsync(EntitySchema.SharedTenant, cancellationToken);
        var own = book.GetAsync(tenant, cancellationToken);
        return shared.IsCompletedSuccessfully && own.IsCompletedSuccessfully
            ? Decide(batch, shared.Result?.Value, own.Result?.Value, cancellationToken)
            : DecideAsync(batch, shared, own, cancellationToken);
    }

    private ValueTask Decide(GateBatch batch, PauseList? shared, PauseList? own, CancellationToken cancellationToken) =>
        shared is null && own is null ? default : DecideAsync(batch, new PauseView(shared, own), cancellationToken);

    private async ValueTask DecideAsync(
        GateBatch batch, ValueTask<Versioned<PauseList>?> sharedRead, ValueTask<Versioned<PauseList>?> ownRead, CancellationToken cancellationToken)
    {
        var shared = await sharedRead.ConfigureAwait(false);
        var own = await ownRead.ConfigureAwait(false);
        await Decide(batch, shared?.Value, own?.Value, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask DecideManyAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        var lists = await book.FindAsync(batch.Tenants(), cancellationToken).ConfigureAwait(false);
        if (lists.Count == 0)
        {
            return;
        }

        var shared = lists.GetValueOrDefault(EntitySchema.SharedTenant);
        foreach (var candidate in batch.Candidates)
        {
            await DecideAsync(candidate, new PauseView(shared, lists.GetValueOrDefault(candidate.Tenant)), cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask DecideAsync(GateBatch batch, PauseView view, CancellationToken cancellationToken)
    {
        foreach (var candidate in batch.Candidates)
        {
            await DecideAsync(candidate, view, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The widest pause speaks, so that resuming it releases everything that it alone holds.</summary>
    private async ValueTask DecideAsync(GateCandidate candidate, PauseView view, CancellationToken cancellationToken)
    {
        var hold = view.All
            ?? await book.OfChannelAsync(view, candidate.Tenant, candidate.Channel, cancellationToken).ConfigureAwait(false)
            ?? view.OfTemplate(candidate.Template);
        if (hold is { } found)
        {
            candidate.Defer(found.Why, found.ParkKey);
        }
    }
}
