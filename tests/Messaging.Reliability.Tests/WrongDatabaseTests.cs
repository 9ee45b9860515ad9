using Messaging.Crash;
using Messaging.Crash.Child;
using Messaging.Storage;
using Messaging.Storage.EfCore;
using Messaging.TestServers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Messaging.Reliability;

/// <summary>A host whose database cannot be used does not start, and says what to do; the password stays out of it. Once that is done it starts.</summary>
public sealed class WrongDatabaseTests
{
    private const string Password = "not-for-logs-7f3a";
    private static readonly string s_user = $"locked_{Guid.NewGuid():N}";

    public static TheoryData<string> Stores => ["UsePostgreSql", "UseEfCore"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Start_NobodyListens_SaysThatItCannotBeReached(string store)
    {
        var error = await RefusalAsync<MessagingStorageException>(store, $"Host=127.0.0.1;Port={FreePort.Next()};Database=app;Username=app;Password={Password};Timeout=3");

        Assert.StartsWith("The database cannot be reached. See that PostgreSQL runs, and that Host and Port", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Start_UnknownHost_SaysThatItCannotBeReached(string store)
    {
        var error = await RefusalAsync<MessagingStorageException>(store, $"Host=nowhere.invalid;Database=app;Username=app;Password={Password};Timeout=3");

        Assert.Contains("cannot be reached", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Start_WrongPassword_SaysThatItWasRefused(string store)
    {
        await using var server = await PostgresServer.StartAsync(isDurable: false);
        await server.AddUserAsync(s_user, "the-right-one");
        await server.ExecuteAsync($"GRANT CREATE ON DATABASE postgres TO {s_user}");
        var connection = server.ConnectionString().Replace("Username=postgres", $"Username={s_user}", StringComparison.Ordinal);

        var error = await RefusalAsync<MessagingStorageException>(store, $"{connection};Password={Password}");

        Assert.StartsWith("PostgreSQL refused the user or the password. Correct Username and Password", error.Message, StringComparison.Ordinal);
        await StartAsync(store, $"{connection};Password=the-right-one");
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Start_UnknownDatabase_SaysThatItDoesNotExist(string store)
    {
        var (server, name) = (await PostgresDatabases.ServerAsync(), $"later_{Guid.NewGuid():N}");
        var connection = $"{server.ConnectionString(name)};Password={Password}";

        var error = await RefusalAsync<MessagingStorageException>(store, connection);

        Assert.Contains("does not exist. Create it (CREATE DATABASE), or correct Database.", error.Message, StringComparison.Ordinal);
        await server.ExecuteAsync($"CREATE DATABASE {name}");
        await StartAsync(store, connection);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Start_NoSchemaAndMayNotMakeIt_SaysMissing(string store)
    {
        var connection = $"{await PostgresDatabases.CreateAsync()};Password={Password}";

        var error = await RefusalAsync<MessagingSchemaException>(store, connection, migrates: false);

        Assert.Equal((SchemaProblem.Missing, 0), (error.Problem, error.Found));
        Assert.Contains("Call IMessagingSchema.EnsureSchemaAsync()", error.Message, StringComparison.Ordinal);
        await StartAsync(store, connection);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Start_SchemaTooOld_SaysSo(string store)
    {
        var connection = $"{await PostgresDatabases.CreateAsync()};Password={Password}";
        await StartAsync(store, connection);

        var error = await RefusalAsync<MessagingSchemaException>(store, connection, migrates: false, versionsAhead: 1);

        Assert.Equal((SchemaProblem.TooOld, error.Needed - 1), (error.Problem, error.Found));
        Assert.Contains("run the script that IMessagingSchema.Script() returns", error.Message, StringComparison.Ordinal);
        await StartAsync(store, connection, versionsAhead: 1);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Start_SchemaTooNew_SaysSo(string store)
    {
        var connection = $"{await PostgresDatabases.CreateAsync()};Password={Password}";
        await LaterSchema.Of(new StoreChoice("postgres", connection), versionsAhead: 2).EnsureSchemaAsync();

        var error = await RefusalAsync<MessagingSchemaException>(store, connection);

        Assert.Equal((SchemaProblem.TooNew, error.Needed + 2), (error.Problem, error.Found));
        Assert.Contains("Update the Messaging packages of this process.", error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Found, await LaterSchema.Of(new StoreChoice("postgres", connection), versionsAhead: 2).FindVersionAsync());
    }

    private static async Task<T> RefusalAsync<T>(string store, string connection, bool migrates = true, int versionsAhead = 0)
        where T : Exception
    {
        var error = await Assert.ThrowsAsync<T>(() => StartAsync(store, connection, migrates, versionsAhead));
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Password=", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(store, error is MessagingStorageException ? error.Message : store, StringComparison.Ordinal);
        return error;
    }

    private static async Task StartAsync(string store, string connection, bool migrates = true, int versionsAhead = 0)
    {
        using var host = Sender.Build(
            m =>
            {
                _ = store == "UsePostgreSql"
                    ? m.UsePostgreSql(o => (o.ConnectionString, o.MigrateAtStart) = (connection, migrates))
                    : m.UseEfCore(o => o.UseNpgsql(connection), o => o.MigrateAtStart = migrates);
                LaterSchema.Use(m.Services, new StoreChoice("postgres", connection), versionsAhead);
            },
            FreePort.Next(),
            _ => { });
        await host.StartAsync();
        await host.StopAsync();
    }
}
