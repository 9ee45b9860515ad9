using Messaging.Storage.EfCore;
using Messaging.Storage.PostgreSql.Server;
using Messaging.TestServers;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>Each way in which a database cannot be used has an error of its own that names the cure.</summary>
public sealed class StoreStartTests
{
    [Fact]
    public async Task Start_NobodyListens_SaysThatItCannotBeReached()
    {
        var e = await FailAsync($"Host=127.0.0.1;Port={FreePort.Next()};Username=app;Password=secret;Database=app;Timeout=3");

        Assert.Contains("cannot be reached", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnknownDatabase_SaysThatItDoesNotExist() =>
        Assert.Contains("does not exist", (await FailAsync((await TestCluster.ServerAsync()).ConnectionString("never_made"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Start_UnknownUser_SaysThatItWasRefused()
    {
        var server = await TestCluster.ServerAsync();

        var e = await FailAsync(server.ConnectionString().Replace("Username=postgres", "Username=stranger;Password=secret", StringComparison.Ordinal));

        Assert.Contains("refused", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoSchemaAndMayNotMakeIt_SaysThatItIsMissing()
    {
        var database = await TestCluster.DatabaseAsync("template1");

        var e = await Assert.ThrowsAsync<MessagingSchemaException>(() => StartAsync(database, migrates: false));
        Assert.Equal(SchemaProblem.Missing, e.Problem);

        await StartAsync(database, migrates: true);
        await StartAsync(database, migrates: false);
    }

    [Fact]
    public async Task Start_MuchNewerSchema_SaysSo()
    {
        var database = await TestCluster.DatabaseAsync();
        await using var store = Work.Store(database);
        await store.StartAsync(default);
        await store.Database.ExecuteAsync("INSERT INTO messaging.schema_versions (version, name) VALUES (998, 'later'), (999, 'later still')", default);

        var e = await Assert.ThrowsAsync<MessagingSchemaException>(() => StartAsync(database, migrates: true));

        Assert.Equal(SchemaProblem.TooNew, e.Problem);
    }

    private static async Task<MessagingStorageException> FailAsync(string connectionString) =>
        await Assert.ThrowsAsync<MessagingStorageException>(() => StartAsync(connectionString, migrates: true));

    private static async Task StartAsync(string connectionString, bool migrates)
    {
        await using var store = new PostgreSqlStore(
            new PostgreSqlOptions { ConnectionString = connectionString, MigrateAtStart = migrates }, TimeProvider.System);
        await store.MeasureAsync(default);
    }
}
