using Messaging.Storage.PostgreSql.Server;
using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.PostgreSql.Reading;

public sealed class EntityLookupsTests : IAsyncLifetime
{
    private PostgreSqlStore _store = null!;

    public async Task InitializeAsync() => _store = Work.Store(await TestCluster.DatabaseAsync());

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Get_ManyAtOnce_EachGetsItsOwn()
    {
        var known = Enumerable.Range(0, 20).Select(i => SampleEntity.Some($"key-{i}") with { Title = $"title {i}" }).ToArray();
        await _store.CommitAsync([.. known.Select(entity => new Change { Entities = [EntityChange.Put(entity, 0)] })], default);

        var found = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () => await GetAsync($"key-{i % 40}"))));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => i % 40 < 20 ? $"title {i % 40}" : null), found.Select(entity => entity?.Value.Title));
    }

    [Fact]
    public async Task Get_AfterEachCommit_SeesIt()
    {
        for (var i = 0; i < 20; i++)
        {
            var noise = Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await GetAsync("counter"))).ToArray();
            await _store.CommitAsync([new Change { Entities = [EntityChange.Put(SampleEntity.Some("counter") with { Title = $"{i}" }, i)] }], default);

            Assert.Equal($"{i}", (await GetAsync("counter"))?.Value.Title);
            await Task.WhenAll(noise);
        }
    }

    private ValueTask<Versioned<SampleEntity>?> GetAsync(string key) => _store.GetAsync<SampleEntity>(TenantId.Default, key, default);
}
