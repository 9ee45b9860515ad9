using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>Locks the rows while they are taken in, and skips what others have locked: rows are never updated, and a process that dies lets go of them at once. PostgreSQL.</summary>
internal sealed class SkipLockedReader : IIntakeReader
{
    public const string Provider = "Npgsql.EntityFrameworkCore.PostgreSQL";

    public async ValueTask<int> DrainAsync(
        DbContext context,
        IntakeClaim claim,
        Func<IReadOnlyList<StagedMessage>, CancellationToken, ValueTask<IReadOnlyList<MessageId>>> takeIn,
        CancellationToken cancellationToken)
    {
        var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var except = claim.Except.Select(id => id.Value).ToArray();
            var rows = await context.Set<IntakeRow>()
                .FromSqlRaw(Sql(context), claim.Format, except, claim.Max)
                .AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0)
            {
                return 0;
            }

            var done = await takeIn(rows.ConvertAll(row => row.ToMessage()), cancellationToken).ConfigureAwait(false);
            var ids = done.Select(id => id.Value).ToArray();
            await context.Set<IntakeRow>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return rows.Count;
        }
    }

    private static string Sql(DbContext context)
    {
        var table = IntakeTable.Of(context);
        return $"SELECT * FROM {table.Name} WHERE {table.Format} <= {{0}} AND NOT ({table.Id} = ANY ({{1}})) ORDER BY {table.Id} LIMIT {{2}} FOR UPDATE SKIP LOCKED";
    }
}
