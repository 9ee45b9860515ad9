using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Log;
using Messaging.Storage.Memory;

namespace Messaging.Storage.Journal.Snapshots;

/// <summary>Keeps pages of rows that memory has no room for, each in a slot of one file. The store's lock guards it, except while it is flushed; its writes wait for no file.</summary>
/// <remarks>
/// A page is never written over one that a snapshot names: it goes to another slot, and the first is free once the next snapshot counts. Until a snapshot
/// names a page, the journal leads to the same rows, so that nothing here waits for the disk. A page's number holds its checksum: what is read is what was
/// written last, or an error.
/// </remarks>
internal sealed class PageFile(IJournalDisk disk, string name, int pageSize) : IRowPages, IDisposable
{
    private readonly Stack<int> _free = [];
    private readonly byte[] _compared = new byte[pageSize];

    /// <summary>By slot: whether it holds a page, and whether the last snapshot may name it. Slots begin at 1, so that 0 is no place.</summary>
    private readonly List<SlotState> _slots = [SlotState.Named];
    private List<int> _left = [];
    private IJournalFile? _file;
    private bool _isDirty;

    [Flags]
    private enum SlotState : byte
    {
        Free = 0,
        Used = 1,
        Named = 2,
    }

    /// <summary>Gets or sets what is told of damage: whoever looked at the page may have been in the middle of a change.</summary>
    public Action<JournalException>? Damaged { get; set; }

    public long Write(ReadOnlySpan<byte> page)
    {
        var slot = _free.TryPop(out var free) ? free : _slots.Count;
        try
        {
            _file ??= new BehindFile(disk.Exists(name) ? disk.Open(name, write: true) : disk.Create(name));
            _file.Write(page, PlaceOf(slot));
        }
        catch (IOException)
        {
            if (slot < _slots.Count)
            {
                _free.Push(slot);
            }

            return 0;
        }

        _isDirty = true;
        Set(slot, SlotState.Used);
        return Number(slot, page);
    }

    public void Read(long place, Span<byte> page)
    {
        if (_file!.Read(page, PlaceOf(SlotOf(place))) < page.Length || Number(SlotOf(place), page) != place)
        {
            var damage = SlabFiles.Damaged(name, PlaceOf(SlotOf(place)));
            Damaged?.Invoke(damage);
            throw damage;
        }
    }

    public bool Holds(long place, ReadOnlySpan<byte> page) =>
        Number(SlotOf(place), page) == place
        && _file!.Read(_compared, PlaceOf(SlotOf(place))) == _compared.Length
        && page.SequenceEqual(_compared);

    public void Keep(long place)
    {
        _file ??= disk.Exists(name) ? new BehindFile(disk.Open(name, write: true)) : throw SlabFiles.Missing(name);
        Set(SlotOf(place), SlotState.Used | SlotState.Named);
    }

    public void Free(long place)
    {
        var slot = SlotOf(place);
        if ((_slots[slot] & SlotState.Named) != 0)
        {
            _slots[slot] = SlotState.Named;
            _left.Add(slot);
        }
        else
        {
            _slots[slot] = SlotState.Free;
            _free.Push(slot);
        }
    }

    /// <summary>Says that the snapshot was read: slots that it did not name are free.</summary>
    public void Loaded()
    {
        for (var slot = _slots.Count - 1; slot > 0; slot--)
        {
            if (_slots[slot] == SlotState.Free)
            {
                _free.Push(slot);
            }
        }
    }

    /// <summary>Returns what a snapshot taken now needs flushed, and which slots are free once it counts. Before that, it may name all that are used.</summary>
    public PageStock TakeStock()
    {
        for (var slot = 1; slot < _slots.Count; slot++)
        {
            _slots[slot] |= (_slots[slot] & SlotState.Used) != 0 ? SlotState.Named : 0;
        }

        var stock = new PageStock(_isDirty ? _file : null, _left);
        (_isDirty, _left) = (false, []);
        return stock;
    }

    /// <summary>Takes back what was given out, because the snapshot came to nothing.</summary>
    public void PutBack(PageStock stock)
    {
        _isDirty |= stock.Dirty is not null;
        _left.AddRange(stock.Left);
    }

    /// <summary>Lets slots be used again that no snapshot names any more.</summary>
    public void Release(PageStock stock)
    {
        foreach (var slot in stock.Left)
        {
            _slots[slot] = SlotState.Free;
            _free.Push(slot);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static int SlotOf(long place) => (int)(place >> 32);

    private static long Number(int slot, ReadOnlySpan<byte> page) => ((long)slot << 32) | Crc.Of(page);

    private long PlaceOf(int slot) => (slot - 1L) * pageSize;

    private void Set(int slot, SlotState state)
    {
        while (_slots.Count <= slot)
        {
            _slots.Add(SlotState.Free);
        }

        _slots[slot] = state;
    }
}
