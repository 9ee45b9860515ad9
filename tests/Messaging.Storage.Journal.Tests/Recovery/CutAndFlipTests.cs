using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Log;
using Messaging.Storage.Journal.Snapshots;
using Messaging.Storage.Journal.Support;
using Messaging.Storage.Memory;
using Messaging.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Messaging.Storage.Journal.Recovery;

/// <summary>Whatever becomes of the end of a journal, it is read back as a part without gaps; whatever becomes of its middle is noticed.</summary>
public sealed class CutAndFlipTests : IDisposable
{
    private const string Segment = "seg-000000000001.log";
    private const int Messages = 6;

    private readonly TestDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly StoredMessage[] _messages = [.. Enumerable.Range(0, Messages).Select(_ => Some.StoredMessage())];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_CutAtEveryByte_FindsExactlyTheFirstMessages()
    {
        var (journal, ends) = await WriteAsync();
        for (var cut = SegmentHeader.Size; cut <= journal.Length; cut++)
        {
            await File.WriteAllBytesAsync(PathOf(Segment), journal[..cut]);

            Assert.Equal(ends.Count(end => end <= cut), CountFirst());
        }
    }

    [Fact]
    public async Task Open_ZerosFromEveryByte_FindsExactlyTheFirstMessages()
    {
        var (journal, ends) = await WriteAsync();
        for (var cut = SegmentHeader.Size; cut <= journal.Length; cut++)
        {
            var zeroed = journal[..cut].Concat(new byte[journal.Length + 64 - cut]).ToArray();
            await File.WriteAllBytesAsync(PathOf(Segment), zeroed);

            // A record whose last bytes are zeros anyway is whole before its end.
            Assert.InRange(CountFirst(), ends.Count(end => end <= cut), ends.Count(end => end <= cut + 16));
        }
    }

    [Fact]
    public async Task Open_AnyByteDamaged_RefusesOrLosesNothing()
    {
        var (journal, _) = await WriteAsync();
        var refused = 0;
        for (var place = 0; place < journal.Length; place++)
        {
            var damaged = journal.ToArray();
            damaged[place] ^= (byte)(1 << (place % 8));
            await File.WriteAllBytesAsync(PathOf(Segment), damaged);
            try
            {
                Assert.Equal(Messages, CountFirst());
            }
            catch (JournalException exception)
            {
                Assert.Equal(JournalProblem.Corrupt, exception.Problem);
                refused++;
            }
        }

        // All but the closing record, padding and reserved bytes.
        Assert.InRange(refused, journal.Length - 32 - 64 - (8 * (Messages + 1)), journal.Length);
    }

    /// <summary>Writes a journal of some messages.</summary>
    /// <returns>Its bytes, and where the record of each message ends.</returns>
    private async Task<(byte[] Journal, List<int> Ends)> WriteAsync()
    {
        using (var store = Journals.Open(_directory.Path, _time, configure: o => o.SegmentSize = 8 * 1024, keepsClaims: true))
        {
            foreach (var message in _messages)
            {
                await store.CommitAsync([Some.Accept(message, Some.StoredDelivery(message))], default);
            }
        }

        var bytes = await File.ReadAllBytesAsync(PathOf(Segment));
        var ends = new List<int>();
        var end = SegmentHeader.Size;
        while (RecordHeader.Read(bytes.AsSpan(end)) is { Lsn: > 0 } record)
        {
            end += RecordHeader.Padded(record.Length);
            ends.Add(end);
        }

        return (bytes[..end], ends[..Messages]);
    }

    private string PathOf(string name) => Path.Combine(_directory.Path, name);

    /// <summary>Opens the journal and counts the messages, of which none may be missing before one that is there.</summary>
    private int CountFirst()
    {
        using var memory = new MemoryStore(_time, new MemoryStoreOptions { HasPages = true });
        var (disk, options) = (new JournalDisk(_directory.Path), Journals.Options(_directory.Path));
        using var files = new ImageFiles(disk, options, memory.Image);
        new JournalRecovery(disk, options, memory, files, NullLogger.Instance).Run();
        var found = _messages.Select(message => memory.Image.Messages.Find(message.Id) != 0).ToList();
        var count = found.Count(there => there);
        Assert.All(found[..count], Assert.True);
        return count;
    }
}
