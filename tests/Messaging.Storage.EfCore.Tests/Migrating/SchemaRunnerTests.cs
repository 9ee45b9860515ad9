using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Messaging.Storage.EfCore.Migrating;

public sealed class SchemaRunnerTests : IAsyncLifetime
{
    /// <summary>The suite that comes next: one column more, that today's does not know.</summary>
    private static readonly SchemaStep Next = new(3, "0003_next", "ALTER TABLE messaging.messages ADD COLUMN campaign text; CREATE TABLE messaging.campaigns (id uuid PRIMARY KEY);");

    private Database _database = null!;

    public async Task InitializeAsync() => _database = await Database.EmptyAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task CheckAsync_NoTables_SaysMissingAndTheCure()
    {
        var error = await Assert.ThrowsAsync<MessagingSchemaException>(() => _database.Runner().CheckAsync());

        Assert.Equal((SchemaProblem.Missing, 0), (error.Problem, error.Found));
        Assert.Contains("EnsureSchemaAsync()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureSchemaAsync_NoTables_MakesThemAndIsIdempotent()
    {
        var runner = _database.Runner();

        await runner.EnsureSchemaAsync();
        await runner.EnsureSchemaAsync();
        await runner.CheckAsync();

        Assert.Equal(runner.Version, await runner.FindVersionAsync());
        Assert.Equal(0L, await _database.ScalarAsync("SELECT count(*) FROM messaging.delivery_list"));
        Assert.Equal(false, await _database.ScalarAsync("SELECT to_regclass('public.\"__EFMigrationsHistory\"') IS NOT NULL"));
    }

    [Fact]
    public async Task EnsureSchemaAsync_EightStartersAtOnce_EachStepRunsOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _database.Runner().EnsureSchemaAsync())));

        Assert.Equal((long)_database.Runner().Version, await _database.ScalarAsync("SELECT count(*) FROM messaging.schema_versions"));
    }

    [Fact]
    public async Task EnsureSchemaAsync_CurrentSchema_NeedsNoRightToChangeIt()
    {
        await _database.Runner().EnsureSchemaAsync();
        var user = await UserAsync("GRANT USAGE ON SCHEMA messaging TO {0}; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA messaging TO {0};");

        await _database.Runner(user).EnsureSchemaAsync();

        await Assert.ThrowsAsync<PostgresException>(() => _database.ScalarAsync("CREATE TABLE messaging.x ()", user));
    }

    [Fact]
    public async Task EnsureSchemaAsync_OldSchemaAndNoRight_SaysSoAndChangesNothing()
    {
        await _database.Runner().EnsureSchemaAsync();
        var user = await UserAsync("GRANT USAGE ON SCHEMA messaging TO {0}; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA messaging TO {0};");

        var error = await Assert.ThrowsAsync<MessagingSchemaException>(() => _database.Runner(user, Next).EnsureSchemaAsync());

        Assert.Equal((SchemaProblem.NotAllowed, 2, 3), (error.Problem, error.Found, error.Needed));
        Assert.Equal(2, await _database.Runner().FindVersionAsync());
    }

    [Fact]
    public async Task CheckAsync_OldSchema_SaysTooOld()
    {
        await _database.Runner().EnsureSchemaAsync();

        var error = await Assert.ThrowsAsync<MessagingSchemaException>(() => _database.Runner(more: Next).CheckAsync());

        Assert.Equal(SchemaProblem.TooOld, error.Problem);
    }

    [Fact]
    public async Task CheckAsync_NextVersionPassesAndTheOneAfterIsTooNew()
    {
        await _database.Runner(more: Next).EnsureSchemaAsync();

        await _database.Runner().CheckAsync();
        await _database.Runner().EnsureSchemaAsync();

        await _database.Runner(more: [Next, new SchemaStep(4, "0004_later", "SELECT 1")]).EnsureSchemaAsync();
        var error = await Assert.ThrowsAsync<MessagingSchemaException>(() => _database.Runner().CheckAsync());
        Assert.Equal((SchemaProblem.TooNew, 4, 2), (error.Problem, error.Found, error.Needed));
        await Assert.ThrowsAsync<MessagingSchemaException>(() => _database.Runner().EnsureSchemaAsync());
    }

    [Fact]
    public async Task EnsureSchemaAsync_AStepFails_LeavesTheDatabaseAsItWas()
    {
        await _database.Runner().EnsureSchemaAsync();

        await Assert.ThrowsAsync<PostgresException>(() => _database.Runner(more: [Next, new SchemaStep(4, "0004_broken", "SELECT 1/0")]).EnsureSchemaAsync());

        Assert.Equal(2, await _database.Runner().FindVersionAsync());
    }

    [Fact]
    public async Task EnsureSchemaAsync_SomebodyHoldsATable_GivesWayToOthersAndUpgradesAfterwards()
    {
        await _database.Runner().EnsureSchemaAsync();
        await using var backup = _database.Context();
        await using var transaction = await backup.Database.BeginTransactionAsync();
        await backup.Database.ExecuteSqlRawAsync("LOCK TABLE messaging.messages IN ACCESS SHARE MODE");

        var upgrade = _database.Runner(more: Next).EnsureSchemaAsync();
        while (await _database.ScalarAsync("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'messaging.messages'::regclass") is 0L)
        {
            Assert.False(upgrade.IsCompleted);
        }

        // Who comes after the upgrade waits behind it, but only for as long as that waits.
        Assert.Equal(0L, await _database.ScalarAsync("SELECT count(*) FROM messaging.messages").WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.False(upgrade.IsCompleted);
        await transaction.CommitAsync();
        await upgrade.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(3, await _database.Runner(more: Next).FindVersionAsync());
    }

    [Fact]
    public async Task Script_RunTwiceByHand_MakesTheSameSchema()
    {
        var script = _database.Runner().Script();

        await _database.ScalarAsync(script);
        await _database.ScalarAsync(script);

        await _database.Runner().CheckAsync();
    }

    private async Task<string> UserAsync(string grants)
    {
        var user = $"u{Guid.NewGuid():N}";
        await _database.ScalarAsync($"CREATE ROLE {user} LOGIN; " + string.Format(System.Globalization.CultureInfo.InvariantCulture, grants, user));
        return user;
    }
}
