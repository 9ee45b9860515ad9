using System.Globalization;
using Messaging.Storage.Journal.Files;
using Messaging.Storage.Memory;

namespace Messaging.Storage.Journal.Snapshots;

/// <summary>Keeps slabs of bodies that memory has no room for, many to a file. The store's lock guards it, except while what was taken stock of is flushed.</summary>
/// <remarks>
/// Until a snapshot names them, the journal still holds the same bodies, so that nothing here waits for the disk. A file goes once none of its slabs is
/// needed, and no snapshot names it.
/// </remarks>
internal sealed class BodyFiles(IJournalDisk disk, long keptInMemory) : ISlabFiles, IDisposable
{
    private const string Pattern = "bodies-*.dat";
    private const long FileSize = 64 * 1024 * 1024;

    private readonly Dictionary<int, BodyFile> _files = [];
    private List<int> _dead = [];
    private List<Erasure> _erasures = [];
    private BodyFile? _last;
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
            throw new JournalException(
                JournalProblem.Corrupt, $"{NameOf((int)(file >> 32))} of the journal is shorter than it was. Restore the directory from a backup; look after the disk.");
        }
    }

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
        foreach (var name in disk.List(Pattern))
        {
            var number = int.Parse(name.AsSpan(7, 9), CultureInfo.InvariantCulture);
            _number = Math.Max(_number, number);
            if (!_files.ContainsKey(number))
            {
                disk.Delete(name);
            }
        }
    }

    /// <summary>Returns what a snapshot taken now needs flushed, and what can go once it counts.</summary>
    public BodyStock TakeStock()
    {
        var stock = new BodyStock([.. _files.Values.Where(file => file.IsDirty)], _dead, _erasures);
        (_dead, _erasures) = ([], []);
        stock.Dirty.ForEach(file => file.IsDirty = false);
        return stock;
    }

    /// <summary>Takes back what was given out, because the snapshot came to nothing.</summary>
    public void PutBack(BodyStock stock)
    {
        stock.Dirty.ForEach(file => file.IsDirty = true);
        _dead.AddRange(stock.Dead);
        _erasures.AddRange(stock.Erasures);
    }

    /// <summary>Deletes the files that nothing names any more.</summary>
    public void Delete(BodyStock stock)
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
    public List<BodyFile> Erase(BodyStock stock)
    {
        var erased = new HashSet<BodyFile>();
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

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"bodies-{number:D9}.dat");

    private BodyFile FileOf(long file) => _files[(int)(file >> 32)];

    private BodyFile Begin()
    {
        if (_last is { Live: 0 })
        {
            _dead.Add(_last.Number);
        }

        var body = new BodyFile(++_number, disk.Create(NameOf(_number)));
        _files.Add(body.Number, body);
        return body;
    }

    private BodyFile Open(int number) =>
        disk.Exists(NameOf(number))
            ? new BodyFile(number, disk.Open(NameOf(number), write: true))
            : throw new JournalException(JournalProblem.Corrupt, $"{NameOf(number)} is missing from the journal. Restore the file, or the directory, from a backup.");

    internal readonly record struct Erasure(int File, long Offset, int Count);
}
