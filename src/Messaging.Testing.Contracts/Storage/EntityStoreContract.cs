using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

/// <summary>The promises of <see cref="IEntityStore"/>, and of <see cref="IMessageStore"/> about entities. Derive once per store.</summary>
public abstract class EntityStoreContract : StoreContract
{
    private static readonly TenantId Tenant = TenantId.Default;

    [Fact]
    public async Task Get_Unknown_IsNull() => Assert.Null(await GetAsync("never"));

    [Fact]
    public async Task Put_New_IsReadBackAsVersionOne()
    {
        var entity = SampleEntity.Some("Ż/1") with { Code = "c", Tags = ["a", "b"], Rank = "007", Title = "Zażółć gęślą" };

        await ApplyAsync(Put(entity));

        var found = await GetAsync("Ż/1");
        Assert.Equal(1, found!.Version);
        Assert.Equal(entity with { Tags = found.Value.Tags }, found.Value);
        Assert.Equal(entity.Tags, found.Value.Tags);
        Assert.Null(await Fixture.Entities.GetAsync<SampleEntity>(Some.Tenant(), "Ż/1", default));
    }

    [Fact]
    public async Task Get_AskedForBefore_SeesWhatBecameOfIt()
    {
        Assert.Null(await GetAsync("a"));
        await ApplyAsync(Put(SampleEntity.Some("a") with { Rank = "1" }));
        Assert.Equal("1", (await GetAsync("a"))!.Value.Rank);
        await ApplyAsync(Put(SampleEntity.Some("a") with { Rank = "2" }));
        Assert.Equal("2", (await GetAsync("a"))!.Value.Rank);

        var failing = new Change { Entities = [EntityChange.Put(SampleEntity.Some("a") with { Rank = "3" }), EntityChange.Put(SampleEntity.Some("b"), 7)] };
        Assert.Equal(ChangeStatus.VersionConflict, (await CommitAsync(failing)).Status);
        Assert.Equal((2, "2"), ((await GetAsync("a"))!.Version, (await GetAsync("a"))!.Value.Rank));

        await ApplyAsync(Delete("a"));
        Assert.Null(await GetAsync("a"));
    }

    [Fact]
    public async Task Get_WhileTwoAreWrittenTogether_SecondIsNeverOlderThanTheFirst()
    {
        await ApplyAsync(Pair());
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await ApplyAsync(Pair());
            }
        });
        do
        {
            var first = (await GetAsync("a"))!.Version;
            Assert.True((await GetAsync("b"))!.Version >= first);
        }
        while (!writing.IsCompleted);

        await writing;
        Assert.Equal((201, 201), ((await GetAsync("a"))!.Version, (await GetAsync("b"))!.Version));
    }

    [Fact]
    public async Task Put_Again_ReplacesAndCountsVersions()
    {
        await ApplyAsync(Put(SampleEntity.Some("a") with { Code = "old", Tags = ["old"] }));
        await ApplyAsync(Put(SampleEntity.Some("a") with { Code = "new" }, 1));

        Assert.Equal((2, "new"), ((await GetAsync("a"))!.Version, (await GetAsync("a"))!.Value.Code));
        Assert.Empty(await FindAsync(new EntityQuery { Tenant = Tenant, Index = "code", Values = ["old"] }));
        Assert.Empty(await FindAsync(new EntityQuery { Tenant = Tenant, Index = "tag", Values = ["old"] }));
        Assert.Equal(["a"], await FindAsync(new EntityQuery { Tenant = Tenant, Index = "code", Values = ["new"] }));
    }

    [Fact]
    public async Task Put_OtherVersionThanExpected_Conflicts()
    {
        var entity = SampleEntity.Some("a");

        Assert.Equal(
            [ChangeStatus.VersionConflict, ChangeStatus.Applied, ChangeStatus.VersionConflict, ChangeStatus.VersionConflict, ChangeStatus.Applied, ChangeStatus.Applied],
            await CommitAsync(Put(entity, 1), Put(entity, 0), Put(entity, 0), Put(entity, 2), Put(entity, 1), Put(entity)));
        Assert.Equal(3, (await GetAsync("a"))!.Version);
    }

    [Fact]
    public async Task Delete_ThereOrNot_FollowsTheExpectedVersion()
    {
        await ApplyAsync(Put(SampleEntity.Some("a") with { Code = "c" }));

        Assert.Equal(
            [ChangeStatus.VersionConflict, ChangeStatus.Applied, ChangeStatus.Applied, ChangeStatus.Applied, ChangeStatus.VersionConflict],
            await CommitAsync(Delete("a", 2), Delete("a", 1), Delete("a"), Delete("a", 0), Delete("a", 1)));
        Assert.Null(await GetAsync("a"));
        Assert.Empty(await FindAsync(new EntityQuery { Tenant = Tenant, Index = "code", Values = ["c"] }));

        await ApplyAsync(Put(SampleEntity.Some("a"), 0));
        Assert.Equal(1, (await GetAsync("a"))!.Version);
    }

    [Fact]
    public async Task Put_ValueThatAnotherHas_Conflicts()
    {
        await ApplyAsync(Put(SampleEntity.Some("a") with { Code = "c" }));

        Assert.Equal(
            [ChangeStatus.VersionConflict, ChangeStatus.Applied, ChangeStatus.Applied, ChangeStatus.Applied, ChangeStatus.Applied],
            await CommitAsync(
                Put(SampleEntity.Some("b") with { Code = "c" }),
                Put(SampleEntity.Some("a") with { Code = "c", Rank = "1" }),
                Put(SampleEntity.Some("b") with { Code = "C" }),
                Put(SampleEntity.Some("d")),
                Put(new SampleEntity(Some.Tenant(), "b") { Code = "c" })));
        Assert.Null((await GetAsync("d"))!.Value.Code);
    }

    [Fact]
    public async Task Change_ManyEntities_AllOrNothingInOrder()
    {
        await ApplyAsync(Put(SampleEntity.Some("a") with { Code = "c", Tags = ["t"] }));
        var failing = new Change
        {
            Entities =
            [
                EntityChange.Put(SampleEntity.Some("n")),
                EntityChange.Delete<SampleEntity>(Tenant, "a"),
                EntityChange.Put(SampleEntity.Some("b") with { Code = "c" }),
                EntityChange.Put(SampleEntity.Some("x"), 9),
            ],
        };
        Assert.Equal(ChangeStatus.VersionConflict, (await CommitAsync(failing)).Status);
        Assert.Equal(["a"], await FindAsync(new EntityQuery { Tenant = Tenant }));
        Assert.Equal(["a"], await FindAsync(new EntityQuery { Tenant = Tenant, Index = "tag", Values = ["t"] }));
        Assert.Equal(1, (await GetAsync("a"))!.Version);

        await ApplyAsync(new Change { Entities = [.. failing.Entities.Take(3)] });
        Assert.Equal(["b", "n"], await FindAsync(new EntityQuery { Tenant = Tenant }));
    }

    [Fact]
    public async Task Change_OneEntityTwice_CountsBoth()
    {
        await ApplyAsync(new Change
        {
            Entities = [EntityChange.Put(SampleEntity.Some("a") with { Code = "1" }, 0), EntityChange.Put(SampleEntity.Some("a") with { Code = "2" }, 1)],
        });

        Assert.Equal((2, "2"), ((await GetAsync("a"))!.Version, (await GetAsync("a"))!.Value.Code));
    }

    [Fact]
    public async Task Find_ByKey_IsOrderedByCodePoint()
    {
        await PutManyAsync("b", "B", "a", "ą", "z", "aa");

        Assert.Equal(["B", "a", "aa", "b", "z", "ą"], await FindAsync(new EntityQuery { Tenant = Tenant }));
        Assert.Equal(["a", "z"], await FindAsync(new EntityQuery { Tenant = Tenant, Values = ["z", "a", "never"] }));
    }

    [Fact]
    public async Task Find_Many_HasAnyOfTheValuesOnce()
    {
        await ApplyAsync(Put(SampleEntity.Some("a") with { Tags = ["x", "y"] }));
        await ApplyAsync(Put(SampleEntity.Some("b") with { Tags = ["y"] }));
        await ApplyAsync(Put(SampleEntity.Some("c") with { Tags = ["z"] }));
        await ApplyAsync(Put(SampleEntity.Some("d")));

        Assert.Equal(["a", "b"], await FindAsync(Index("tag", "y", "x")));
        Assert.Equal(["a", "b"], await FindAsync(Index("tag", "y")));
        Assert.Equal(["a", "b", "c"], await FindAsync(Index("tag")));
        Assert.Empty(await FindAsync(Index("tag", "Y")));
    }

    [Fact]
    public async Task Find_Sorted_GoesByValueThenKeyBothWays()
    {
        await ApplyAsync(Put(SampleEntity.Some("a") with { Rank = "3" }));
        await ApplyAsync(Put(SampleEntity.Some("c") with { Rank = "1" }));
        await ApplyAsync(Put(SampleEntity.Some("b") with { Rank = "1" }));
        await ApplyAsync(Put(SampleEntity.Some("d") with { Rank = "2" }));
        await ApplyAsync(Put(SampleEntity.Some("e")));

        Assert.Equal(["b", "c", "d", "a"], await FindAsync(Index("rank")));
        Assert.Equal(["a", "d", "c", "b"], await FindAsync(Index("rank") with { Descending = true }));
        Assert.Equal(["b", "c", "a"], await FindAsync(Index("rank", "3", "1")));
    }

    [Fact]
    public async Task Find_Text_FindsBeginningsOfWordsIgnoringCase()
    {
        await ApplyAsync(Put(SampleEntity.Some("a") with { Title = "Anna Kowalska-Nowak" }));
        await ApplyAsync(Put(SampleEntity.Some("b") with { Title = "Jan Kowal, Łódź" }));
        await ApplyAsync(Put(SampleEntity.Some("c") with { Title = "kowalstwo" }));

        Assert.Equal(["a", "b", "c"], await FindAsync(Index("title", "KOWAL")));
        Assert.Equal(["a"], await FindAsync(Index("title", "now")));
        Assert.Equal(["b"], await FindAsync(Index("title", "łó")));
        Assert.Equal(["a"], await FindAsync(Index("title", "kow ann")));
        Assert.Equal(["a", "b"], await FindAsync(Index("title", "anna", "jan")));
        Assert.Empty(await FindAsync(Index("title", "owal")));
        Assert.Empty(await FindAsync(Index("title", "--")));
    }

    [Fact]
    public async Task Find_OfAllTenants_SeesThemAll()
    {
        var other = Some.Tenant();
        await ApplyAsync(Put(SampleEntity.Some("a") with { Code = "c", Rank = "2" }));
        await ApplyAsync(Put(new SampleEntity(other, "b") { Code = "c", Rank = "1" }));

        Assert.Equal(["a", "b"], (await FindAsync(new EntityQuery())).Order());
        Assert.Equal(["a", "b"], (await FindAsync(new EntityQuery { Index = "code", Values = ["c"] })).Order());
        Assert.Equal(["b", "a"], await FindAsync(new EntityQuery { Index = "rank" }));
        Assert.Equal(["b"], await FindAsync(new EntityQuery { Tenant = other, Index = "code", Values = ["c"] }));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("tag", false)]
    [InlineData("rank", false)]
    [InlineData("rank", true)]
    [InlineData("title", false)]
    public async Task Find_ByPagesWhileEntitiesComeAndGo_NoneIsMissedOrRepeated(string? index, bool descending)
    {
        for (var i = 0; i < 20; i++)
        {
            await ApplyAsync(Put(Full($"k{i:00}")));
        }

        var query = new EntityQuery { Tenant = Tenant, Index = index, Descending = descending, Limit = 3, Values = index == "title" ? ["wor"] : [] };
        var seen = new List<string>();
        for (var page = 0; page == 0 || query.Cursor is not null; page++)
        {
            var found = await Fixture.Entities.FindAsync<SampleEntity>(query, default);
            seen.AddRange(found.Items.Select(item => item.Value.Key));
            query = query with { Cursor = found.Next };
            if (page < 4)
            {
                await ApplyAsync(Put(Full($"{(page % 2 == 0 ? "a" : "z")}{page}")));
                await ApplyAsync(Delete(seen[page]));
            }
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"k{i:00}"), seen.Where(key => key[0] == 'k').Order());
    }

    [Fact]
    public async Task Find_UnknownIndex_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(() => FindAsync(new EntityQuery { Tenant = Tenant, Index = "never" }));

    [Fact]
    public async Task Find_ForeignCursor_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(() => FindAsync(new EntityQuery { Tenant = Tenant, Cursor = "never made" }));

    [Fact]
    public async Task Put_ManyCallersExpectOneVersion_OneWins()
    {
        await ApplyAsync(Put(SampleEntity.Some("a")));

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => CommitAsync(Put(SampleEntity.Some("a"), 1)))));

        Assert.Single(results, result => result.Status == ChangeStatus.Applied);
        Assert.Equal(2, (await GetAsync("a"))!.Version);
    }

    private static SampleEntity Full(string key) => SampleEntity.Some(key) with { Code = key, Tags = ["x", key], Rank = key[^1..], Title = $"word {key}" };

    private static EntityQuery Index(string name, params IReadOnlyList<string> values) => new() { Tenant = Tenant, Index = name, Values = values };

    private static Change Pair() => new() { Entities = [EntityChange.Put(SampleEntity.Some("b")), EntityChange.Put(SampleEntity.Some("a"))] };

    private static Change Put(SampleEntity entity, long? version = null) => new() { Entities = [EntityChange.Put(entity, version)] };

    private static Change Delete(string key, long? version = null) => new() { Entities = [EntityChange.Delete<SampleEntity>(Tenant, key, version)] };

    private Task PutManyAsync(params IReadOnlyList<string> keys) =>
        ApplyAsync(new Change { Entities = [.. keys.Select(key => EntityChange.Put(SampleEntity.Some(key)))] });

    private async Task<Versioned<SampleEntity>?> GetAsync(string key) => await Fixture.Entities.GetAsync<SampleEntity>(Tenant, key, default);

    private async Task<List<string>> FindAsync(EntityQuery query)
    {
        var keys = new List<string>();
        query = query with { Limit = 2 };
        do
        {
            var page = await Fixture.Entities.FindAsync<SampleEntity>(query, default);
            keys.AddRange(page.Items.Select(item => item.Value.Key));
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
        return keys;
    }
}
