using Messaging.Storage.PostgreSql.Data;

namespace Messaging.Storage.PostgreSql.Maintenance;

/// <summary>Makes one node do what only one may do: a row with a holder and an end, by the database's clock. No session holds it, so it works through a pooler.</summary>
internal sealed class LeaderLease(Database database, string node)
{
    private const string Statement =
        """
        INSERT INTO messaging.leaders AS l (name, holder, term, until) VALUES ($1, $2, 1, messaging.messaging_now() + $3)
        ON CONFLICT (name) DO UPDATE SET holder = $2, until = excluded.until, term = CASE l.holder WHEN $2 THEN l.term ELSE l.term + 1 END
        WHERE l.holder = $2 OR l.until <= messaging.messaging_now()
        """;

    /// <summary>Takes the lease, or keeps it.</summary>
    /// <returns>Whether this node holds it now.</returns>
    public async ValueTask<bool> TryHoldAsync(string name, TimeSpan holdFor, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(Statement, cancellationToken, Query.With(name), Query.With(node), Query.With(holdFor.Ticks)).ConfigureAwait(false) > 0;

    /// <summary>Lets go of it, so that another node need not wait for its end.</summary>
    public async ValueTask ReleaseAsync(string name, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            "UPDATE messaging.leaders l SET until = 0 WHERE l.name = $1 AND l.holder = $2", cancellationToken, Query.With(name), Query.With(node)).ConfigureAwait(false);
}
