using Messaging.Storage.Journal.Support;
using Messaging.Testing;

namespace Messaging.Storage.Journal.Recovery;

public sealed class SalvageTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_DamagedAndSalvage_LeavesOutOneMessageAndHealsTheJournal()
    {
        var messages = await WriteAsync();
        await DamageAsync(Path.Combine(_directory.Path, "seg-000000000001.log"), place: 1_000);
        Assert.Equal(JournalProblem.Corrupt, Assert.Throws<JournalException>(() => Journals.Open(_directory.Path, _time)).Problem);

        using (var salvaged = Journals.Open(_directory.Path, _time, configure: o => o.Salvage = true))
        {
            Assert.Equal(messages.Count - 1, await CountAsync(salvaged, messages));
        }

        using var reopened = Journals.Open(_directory.Path, _time);
        Assert.Equal(messages.Count - 1, await CountAsync(reopened, messages));
    }

    [Fact]
    public async Task Open_SegmentLostAndSalvage_KeepsTheOthers()
    {
        var messages = await WriteAsync();
        File.Delete(Path.Combine(_directory.Path, "seg-000000000002.log"));

        using (var salvaged = Journals.Open(_directory.Path, _time, configure: o => o.Salvage = true))
        {
            Assert.InRange(await CountAsync(salvaged, messages), messages.Count / 3, messages.Count - 1);
        }

        using var reopened = Journals.Open(_directory.Path, _time);
        Assert.InRange(await CountAsync(reopened, messages), messages.Count / 3, messages.Count - 1);
    }

    [Fact]
    public async Task Open_LastSegmentFull_GoesOnInTheNext()
    {
        for (var round = 0; round < 40; round++)
        {
            using var store = Journals.Open(_directory.Path, _time, configure: o => o.SegmentSize = 4 * 1024);
            await store.CommitAsync([Some.Accept(Some.StoredDelivery() with { Payload = new byte[17 * round] })], default);

            Assert.Equal(round + 1, (await store.MeasureAsync(default)).Ready);
        }
    }

    private async Task<List<StoredMessage>> WriteAsync()
    {
        var messages = Enumerable.Range(0, 120).Select(_ => Some.StoredMessage()).ToList();
        using var store = Journals.Open(_directory.Path, _time, configure: o => o.SegmentSize = 16 * 1024, keepsClaims: true);
        foreach (var message in messages)
        {
            await store.CommitAsync([Some.Accept(message, Some.StoredDelivery(message) with { Payload = new byte[200] })], default);
        }

        return messages;
    }

    private static async Task DamageAsync(string path, int place)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[place] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
    }

    private static async Task<int> CountAsync(JournalStore store, List<StoredMessage> messages)
    {
        var count = 0;
        foreach (var message in messages)
        {
            count += await store.GetMessageAsync(message.Tenant, message.Id, default) is null ? 0 : 1;
        }

        return count;
    }
}
