using System.Globalization;
using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Log;
using Messaging.Storage.Memory;

namespace Messaging.Storage.Journal.Snapshots;

/// <summary>Keeps slabs of records that memory has no room for, many to a file. The store's lock guards it, except while what was taken stock of is flushed.</summary>
/// <remarks>
/// Until a snapshot names them, the journal still holds the same records, so that nothing here waits for the disk. A file goes once none of its slabs is
/// needed, and no snapshot names it.
/// </remarks>
internal sealed class SlabFiles(IJournalDisk disk, string prefix, long keptInMemory) : ISlabFiles, IDisposable
{
    private const long FileSize = 64 * 1024 * 1024;

    private readonly Dictionary<int, SlabFile> _files = [];
    private List<int> _dead = [];
    private List<Erasure> _erasures = [];
    private SlabFile? _last;
    private int _number;

    public long KeptInMemory { get; } = keptInMemory;

    public long Write(ReadOnlySpan<byte> slab)
    {
        try
        {
            return Add(slab);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private long Add(ReadOnlySpan<byte> slab)
    {
        if (_last is null || _last.End >= FileSize)
        {
            _last = Begin();
        }

        var place = _last.End;
        _last.File.Write(slab, place);
        _last.End += slab.Length;
        _last.Live += slab.Length;
        _last.IsDirty = true;
        return ((long)_last.Number << 32) | place;
    }

    public void Read(long file, int offset, Span<byte> bytes)
    {
        if (FileOf(file).File.Read(bytes, (uint)file + (long)offset) < bytes.Length)
        {
            throw Damaged(file, offset);
        }
    }

    public uint SealOf(ReadOnlySpan<byte> record) => Crc.Of(record);

    public Exception Damaged(long file, int offset) => Damaged(NameOf((int)(file >> 32)), (uint)file + (long)offset);

    public void Erase(long file, int offset, int count)
    {
        // Whether the body is free is certain once the change that freed it is durable; until then a loss of power brings it back.
        _erasures.Add(new Erasure((int)(file >> 32), (uint)file + (long)offset, count));
    }

    public void Keep(long file, int length)
    {
        var number = (int)(file >> 32);
        if (!_files.TryGetValue(number, out var body))
        {
            _files.Add(number, body = Open(number));
        }

        body.Live += length;
    }

    public void Forget(long file, int length)
    {
        var body = FileOf(file);
        body.Live -= length;
        if (body.Live == 0 && body != _last)
        {
            _dead.Add(body.Number);
        }
    }

    /// <summary>Deletes what no snapshot names: it was written after the last one, and is written again while the journal is read back.</summary>
    public void DeleteStrangers()
    {
        foreach (var name in disk.List($"{prefix}-*.dat"))
        {
            var number = int.Parse(name.AsSpan(prefix.Length + 1, 9), CultureInfo.InvariantCulture);
            _number = Math.Max(_number, number);
            if (!_files.ContainsKey(number))
            {
                disk.Delete(name);
            }
        }
    }

    /// <summary>Returns what a snapshot taken now needs flushed, and what can go once it counts.</summary>
    public SlabStock TakeStock()
    {
        var stock = new SlabStock([.. _files.Values.Where(file => file.IsDirty)], _dead, _erasures);
        (_dead, _erasures) = ([], []);
        stock.Dirty.ForEach(file => file.IsDirty = false);
        return stock;
    }

    /// <summary>Takes back what was given out, because the snapshot came to nothing.</summary>
    public void PutBack(SlabStock stock)
    {
        stock.Dirty.ForEach(file => file.IsDirty = true);
        _dead.AddRange(stock.Dead);
        _erasures.AddRange(stock.Erasures);
    }

    /// <summary>Deletes the files that nothing names any more.</summary>
    public void Delete(SlabStock stock)
    {
        foreach (var number in stock.Dead)
        {
            _files[number].File.Dispose();
            _files.Remove(number);
            disk.Delete(NameOf(number));
        }
    }

    /// <summary>Overwrites bodies that nobody can reach any more, in files that are still needed.</summary>
    /// <returns>The files that must be flushed for that.</returns>
    public List<SlabFile> Erase(SlabStock stock)
    {
        var erased = new HashSet<SlabFile>();
        foreach (var (number, offset, count) in stock.Erasures)
        {
            if (_files.TryGetValue(number, out var body))
            {
                body.File.Write(new byte[count], offset);
                erased.Add(body);
            }
        }

        return [.. erased];
    }

    public void Dispose()
    {
        foreach (var body in _files.Values)
        {
            body.File.Dispose();
        }
    }

    public static JournalException Damaged(string name, long place) => new(
        JournalProblem.Corrupt,
        $"{name} of the journal is damaged at byte {place}: it reads differently than it was written. Look after the disk, and restore the directory from a backup.");

    public static JournalException Missing(string name) =>
        new(JournalProblem.Corrupt, $"{name} is missing from the journal. Restore the file, or the directory, from a backup.");

    private string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:D9}.dat");

    private SlabFile FileOf(long file) => _files[(int)(file >> 32)];

    private SlabFile Begin()
    {
        if (_last is { Live: 0 })
        {
            _dead.Add(_last.Number);
        }

        var body = new SlabFile(++_number, new BehindFile(disk.Create(NameOf(_number))));
        _files.Add(body.Number, body);
        return body;
    }

    private SlabFile Open(int number) =>
        disk.Exists(NameOf(number))
            ? new SlabFile(number, new BehindFile(disk.Open(NameOf(number), write: true)))
            : throw Missing(NameOf(number));

    internal readonly record struct Erasure(int File, long Offset, int Count);
}
