using System.Data;
using System.Data.Common;
using System.Globalization;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Messaging.Storage.EfCore.Store;

/// <summary>
/// The suite's database in words that every provider understands. Writes are serializable transactions that run again when another node was quicker,
/// one after the other within a process. All that is said in the database's own words are two functions of the schema: the clock, and the next places.
/// </summary>
internal sealed class EfDatabase(IDbContextFactory<MessagingDbContext> contexts, TimeProvider time) : IDisposable
{
    private const int MaxTries = 50;

    private readonly SemaphoreSlim _writer = new(1, 1);

    public MessagingDbContext Create() => contexts.CreateDbContext();

    /// <summary>Keeps other writes of this process out until the result is disposed.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_writer);
    }

    public async ValueTask<T> ReadAsync<T>(Func<MessagingDbContext, long, Task<T>> read, CancellationToken cancellationToken)
    {
        var context = Create();
        await using (context.ConfigureAwait(false))
        {
            return await context.Database.CreateExecutionStrategy().ExecuteAsync(
                async token => await read(context, await NowAsync(context, token).ConfigureAwait(false)).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a write as a transaction, as often as it takes.</summary>
    public async ValueTask<T> WriteAsync<T>(Func<MessagingDbContext, long, Task<T>> write, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken).ConfigureAwait(false);
        for (var tries = 1; ; tries++)
        {
            try
            {
                var context = Create();
                await using (context.ConfigureAwait(false))
                {
                    return await context.Database.CreateExecutionStrategy().ExecuteAsync(
                        token => TryAsync(context, write, token), cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (tries < MaxTries && (IsTransient(e) || IsTaken(e)))
            {
                await PauseAsync(tries, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Lets whoever was quicker finish.</summary>
    public Task PauseAsync(int tries, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 5 * Math.Min(tries, 20))), time, cancellationToken);

    /// <summary>Returns whether the same may succeed when it is tried again: another transaction was quicker, or the connection was lost (SQLSTATE classes 40 and 08).</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => true,
        DbException { IsTransient: true } => true,
        DbException { SqlState: { } state } => state.StartsWith("40", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal),
        { InnerException: { } inner } => IsTransient(inner),
        _ => false,
    };

    /// <summary>Returns whether an identity was taken by somebody else (SQLSTATE class 23).</summary>
    public static bool IsTaken(Exception exception) => exception switch
    {
        DbException { SqlState: { } state } => state.StartsWith("23", StringComparison.Ordinal),
        { InnerException: { } inner } => IsTaken(inner),
        _ => false,
    };

    /// <summary>Reads the database's clock, in UTC ticks.</summary>
    public static async Task<long> NowAsync(MessagingDbContext context, CancellationToken cancellationToken) =>
        (await NumbersAsync(context, "SELECT messaging.messaging_now()", cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Takes the next places, in order.</summary>
    public static async Task<List<long>> PlacesAsync(MessagingDbContext context, int count, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return [];
        }

        var places = await NumbersAsync(
            context, string.Create(CultureInfo.InvariantCulture, $"SELECT * FROM messaging.next_places({count})"), cancellationToken).ConfigureAwait(false);
        places.Sort();
        return places;
    }

    public void Dispose() => _writer.Dispose();

    private static async Task<T> TryAsync<T>(MessagingDbContext context, Func<MessagingDbContext, long, Task<T>> write, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var result = await write(context, await NowAsync(context, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
    }

    private static async Task<List<long>> NumbersAsync(MessagingDbContext context, string sql, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var command = context.Database.GetDbConnection().CreateCommand();
            await using var _ = command.ConfigureAwait(false);
            command.CommandText = sql;
            command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var __ = reader.ConfigureAwait(false);
            var numbers = new List<long>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                numbers.Add(reader.GetInt64(0));
            }

            return numbers;
        }
        finally
        {
            await context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
