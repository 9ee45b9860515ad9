using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Migrating;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Store;

/// <summary>What comes before the first call: the schema is looked at, and the turns that were given are learned. Once; a failure is tried again by the next call.</summary>
internal sealed class EfStart(SchemaRunner schema, EfDatabase database, Turns turns, Func<EfCoreStoreOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile bool _isDone;

    public ValueTask EnsureAsync(CancellationToken cancellationToken) => _isDone ? ValueTask.CompletedTask : RunAsync(cancellationToken);

    public void Dispose() => _gate.Dispose();

    private async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isDone)
            {
                return;
            }

            await (options().MigrateAtStart ? schema.EnsureSchemaAsync(cancellationToken) : schema.CheckAsync(cancellationToken)).ConfigureAwait(false);
            await LearnAsync(cancellationToken).ConfigureAwait(false);
            _isDone = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Learns the last turn of each tenant, and where each lane stands: at the first that is ready.</summary>
    private async ValueTask LearnAsync(CancellationToken cancellationToken)
    {
        var lanes = await database.ReadAsync(
            (context, _) => context.Work.Where(row => row.Stands == WorkStands.InLane).GroupBy(row => new { row.Lane, row.Tenant })
                .Select(group => new { group.Key.Lane, group.Key.Tenant, First = group.Min(row => row.Turn), Last = group.Max(row => row.Turn) })
                .ToListAsync(cancellationToken),
            cancellationToken).ConfigureAwait(false);
        foreach (var lane in lanes)
        {
            turns.Learn(lane.Lane, lane.Tenant, lane.Last);
        }

        foreach (var lane in lanes.GroupBy(lane => lane.Lane))
        {
            turns.Claimed(lane.Key, lane.Min(entry => entry.First));
        }
    }
}
