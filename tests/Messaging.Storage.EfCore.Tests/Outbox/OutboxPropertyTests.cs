using Messaging.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>Random transactions of a host, each committed, rolled back or killed: a message is sent if and only if its order is there, and once.</summary>
public sealed class OutboxPropertyTests
{
    private const int Transactions = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Transactions_AtRandom_MessageIsSentIfAndOnlyIfTheOrderIsThere(int seed)
    {
        await using var host = await OutboxHost.StartAsync((services, database) => Microsoft.Extensions.DependencyInjection.EntityFrameworkServiceCollectionExtensions
            .AddDbContext<HostContext>(services, o => o.UseNpgsql(database)));
        var random = new Random(seed);
        for (var i = 0; i < Transactions; i++)
        {
            await RunAsync(host, random);
            if (random.Next(4) == 0)
            {
                await DrainAsync(host, diesAfterTakingIn: random.Next(2) == 0);
            }
        }

        // Connections that were killed while they lay in the pool would fail once more.
        await using (var any = new NpgsqlConnection(host.Database))
        {
            NpgsqlConnection.ClearPool(any);
        }

        await host.Messaging.DrainAsync();

        var orders = await host.InScopeAsync(db => db.Orders.Select(order => order.Id).OrderBy(id => id).ToListAsync());
        var sent = host.Messaging.Sent.Select(message => Guid.Parse(((EmailMessage)message).Subject!)).Order().ToList();
        Assert.Equal(orders, sent);
        Assert.InRange(orders.Count, Transactions / 5, Transactions - (Transactions / 5));
        Assert.Equal(0, await host.StagedAsync());
    }

    private static async Task RunAsync(OutboxHost host, Random random)
    {
        try
        {
            await host.InScopeAsync(async db =>
            {
                await (random.Next(3) switch
                {
                    0 => SaveAsync(db, fails: random.Next(3) == 0),
                    1 => CommitAsync(host, db, random),
                    _ => AdoNetAsync(host, random),
                });
                return 0;
            });
        }
        catch (Exception e) when (e is DbUpdateException or NpgsqlException or IOException or InvalidOperationException)
        {
            // The host's transaction broke; whether it is there is for the database to say.
        }
    }

    /// <summary>A SaveChanges of its own; one that fails writes an order that is there already.</summary>
    private static async Task SaveAsync(HostContext db, bool fails)
    {
        await AddAsync(db);
        if (fails && await db.Orders.AsNoTracking().Select(order => order.Id).FirstOrDefaultAsync() is var taken && taken != Guid.Empty)
        {
            db.Orders.Add(new Order { Id = taken });
        }

        await db.SaveChangesAsync();
    }

    private static async Task CommitAsync(OutboxHost host, HostContext db, Random random)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        for (var saves = random.Next(1, 3); saves > 0; saves--)
        {
            await AddAsync(db);
            await db.SaveChangesAsync();
        }

        var id = ((NpgsqlConnection)db.Database.GetDbConnection()).ProcessID;
        await EndAsync(host, random, id, () => transaction.CommitAsync(), () => transaction.RollbackAsync());
    }

    private static async Task AdoNetAsync(OutboxHost host, Random random)
    {
        await using var connection = new NpgsqlConnection(host.Database);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var order = Guid.NewGuid();
        await using var command = new NpgsqlCommand("INSERT INTO orders (\"Id\", \"Customer\") VALUES ($1, '')", connection, transaction) { Parameters = { new() { Value = order } } };
        await command.ExecuteNonQueryAsync();
        await transaction.Messaging(host.Services).SendAsync(Request(order));
        await EndAsync(host, random, connection.ProcessID, () => transaction.CommitAsync(), () => transaction.RollbackAsync());
    }

    /// <summary>Commits, rolls back, walks away, or is killed: before the commit, or while it is under way.</summary>
    private static async Task EndAsync(OutboxHost host, Random random, int backend, Func<Task> commit, Func<Task> rollback)
    {
        switch (random.Next(6))
        {
            case 0:
                await rollback();
                break;
            case 1:
                break;
            case 2:
                await KillAsync(host, backend);
                await commit();
                break;
            case 3:
                await Task.WhenAll(commit(), KillAsync(host, backend));
                break;
            default:
                await commit();
                break;
        }
    }

    private static async Task KillAsync(OutboxHost host, int backend)
    {
        await using var connection = new NpgsqlConnection(host.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pg_terminate_backend($1)", connection) { Parameters = { new() { Value = backend } } };
        await command.ExecuteScalarAsync();
    }

    /// <summary>Takes in what is committed; a process that dies after it leaves the rows for the next.</summary>
    private static async Task DrainAsync(OutboxHost host, bool diesAfterTakingIn)
    {
        var staging = host.Get<IMessageStaging>();
        try
        {
            await host.Get<IIntakeSource>().DrainAsync(
                new IntakeClaim { Max = 10, Format = staging.Format },
                async (messages, token) =>
                {
                    var done = await staging.TakeInAsync(messages, token);
                    return diesAfterTakingIn ? throw new IOException("The process died.") : done;
                },
                default);
        }
        catch (Exception e) when (e is IOException or NpgsqlException or InvalidOperationException)
        {
            // The process died, or its connection was killed: the next one takes the rows again.
        }
    }

    private static async Task AddAsync(HostContext db)
    {
        var order = new Order { Id = Guid.NewGuid() };
        db.Orders.Add(order);
        await db.Messaging().SendAsync(Request(order.Id));
    }

    private static SendRequest Request(Guid order) => Some.Request() with { Content = new MessageContent { Subject = order.ToString(), Text = "Thank you." } };
}
