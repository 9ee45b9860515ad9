using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;

namespace Messaging.Storage.PostgreSql.Maintenance;

/// <summary>Shares the turns that nodes give to tenants: each notes its own and learns the others', about once a second and outside of any commit.</summary>
internal sealed class TurnNotes(Database database, Turns turns)
{
    public async ValueTask ShareAsync(bool hasOthers, CancellationToken cancellationToken)
    {
        var given = turns.TakeUnnoted();
        given.Sort();
        if (given.Count > 0)
        {
            await database.ExecuteAsync(
                """
                INSERT INTO messaging.turns AS t (lane, tenant, turn) SELECT * FROM unnest($1::smallint[], $2::text[], $3::bigint[])
                ON CONFLICT (lane, tenant) DO UPDATE SET turn = excluded.turn WHERE t.turn < excluded.turn
                """,
                cancellationToken,
                Query.With(given.ConvertAll(turn => turn.Lane).ToArray()),
                Query.With(given.ConvertAll(turn => turn.Tenant).ToArray()),
                Query.With(given.ConvertAll(turn => turn.Turn).ToArray())).ConfigureAwait(false);
        }

        if (hasOthers)
        {
            await LearnAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Learns where lanes stand, and the turns that lie ahead of that; the others no longer matter.</summary>
    private async ValueTask LearnAsync(CancellationToken cancellationToken)
    {
        var first = await database.ListAsync(
            """
            SELECT l.lane::smallint, f.turn FROM generate_series(0, 3) AS l (lane)
            CROSS JOIN LATERAL (SELECT w.turn FROM messaging.work w WHERE w.stands = 1 AND w.state = 1 AND w.lane = l.lane ORDER BY w.turn, w.place LIMIT 1) f
            """,
            static reader => (Lane: reader.GetInt16(0), Turn: reader.GetInt64(1)),
            cancellationToken).ConfigureAwait(false);
        foreach (var (lane, turn) in first)
        {
            turns.Claimed(lane, turn);
            var ahead = await database.ListAsync(
                "SELECT t.tenant, t.turn FROM messaging.turns t WHERE t.lane = $1 AND t.turn >= $2",
                static reader => (Tenant: reader.GetString(0), Turn: reader.GetInt64(1)),
                cancellationToken,
                Query.With(lane),
                Query.With(turn)).ConfigureAwait(false);
            ahead.ForEach(note => turns.Learn(lane, note.Tenant, note.Turn));
        }
    }
}
