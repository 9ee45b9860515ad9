using System.Runtime.InteropServices;
using Messaging.Storage.PostgreSql.Data;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>
/// Joins look-ups that come at once into one query: while one runs, the next gathers. Every send asks for the same few entities (pauses,
/// suppressions), so that of many sends at once each would otherwise pay for round trips of its own.
/// </summary>
/// <remarks>A look-up never joins a query that has begun, so it sees whatever was committed before it was asked for. Safe for concurrent use.</remarks>
internal sealed class EntityLookups(Database database)
{
    /// <remarks>
    /// The arrays stand in subqueries, so that their lengths say nothing to the planner: else it thinks that a plan for just these is worth its making,
    /// each time, and that costs five times what the look-up does.
    /// </remarks>
    private const string Statement =
        """
        SELECT k.number::int, e.version, e.json
        FROM unnest((SELECT $1::text[]), (SELECT $2::text[]), (SELECT $3::text[])) WITH ORDINALITY AS k (schema, tenant, key, number)
        CROSS JOIN LATERAL (
          SELECT x.version, x.json FROM messaging.entities x WHERE x.schema = k.schema AND x.tenant = k.tenant AND x.key = k.key LIMIT 1) e
        """;

    private readonly Lock _gate = new();
    private Dictionary<EntityKey, TaskCompletionSource<EntityFound?>> _waiting = [];
    private Dictionary<EntityKey, TaskCompletionSource<EntityFound?>> _taken = [];
    private bool _isRunning;

    /// <summary>Returns the entity; <see langword="null"/> when it is not there.</summary>
    public Task<EntityFound?> FindAsync(EntityKey key, CancellationToken cancellationToken)
    {
        Task<EntityFound?> found;
        lock (_gate)
        {
            ref var lookup = ref CollectionsMarshal.GetValueRefOrAddDefault(_waiting, key, out _);
            found = (lookup ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellationToken);
            if (_isRunning)
            {
                return found;
            }

            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static lookups => _ = lookups.RunAsync(), this, preferLocal: false);
        return found;
    }

    private async Task RunAsync()
    {
        while (Take())
        {
            await AnswerAsync([.. _taken.Keys]).ConfigureAwait(false);
            _taken.Clear();
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            (_taken, _waiting) = (_waiting, _taken);
            return _isRunning = _taken.Count > 0;
        }
    }

    private async ValueTask AnswerAsync(EntityKey[] keys)
    {
        try
        {
            var rows = await database.ListAsync(
                Statement,
                static reader => (Place: reader.GetInt32(0) - 1, Found: new EntityFound(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2))),
                CancellationToken.None,
                Query.With(Array.ConvertAll(keys, key => key.Schema)),
                Query.With(Array.ConvertAll(keys, key => key.Tenant)),
                Query.With(Array.ConvertAll(keys, key => key.Key))).ConfigureAwait(false);
            foreach (var (place, found) in rows)
            {
                _taken[keys[place]].TrySetResult(found);
            }

            foreach (var (_, lookup) in _taken)
            {
                lookup.TrySetResult(null);
            }
        }
        catch (Exception e)
        {
            foreach (var (_, lookup) in _taken)
            {
                lookup.TrySetException(e);
            }
        }
    }
}
