using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Messaging.Storage.Memory;

/// <summary>Chunks as pages: those that nobody looked at lately go to a file, and come back when somebody does.</summary>
internal sealed partial class RowTable<T>
{
    private const int MostSpare = 64;

    /// <summary>How many more pages gather before it is tried again to write one that could not be.</summary>
    private const int Patience = 64;

    private readonly Stack<T[]> _spare = [];
    private IRowPages? _pages;

    /// <summary>Where each chunk stands in the file; 0 when it stands nowhere.</summary>
    private long[] _places = [];
    private bool[] _used = [];
    private int _most = int.MaxValue;
    private int _loaded = 1;
    private int _hand;
    private int _failedAt;

    /// <summary>Gets how many bytes of rows are in memory.</summary>
    public long Loaded => (long)_loaded * PageSize;

    /// <summary>Gets how many bytes the rows take that were ever used, wherever they are.</summary>
    public long Written => (long)_next * Unsafe.SizeOf<T>();

    private int PageSize => _perChunk * Unsafe.SizeOf<T>();

    /// <summary>Lets chunks go to a file while there are more than memory is to hold. Before the first row.</summary>
    /// <param name="pages">The file.</param>
    /// <param name="inMemory">How many bytes of rows stay in memory.</param>
    public void Page(IRowPages pages, long inMemory)
    {
        (_pages, _isWatched) = (pages, true);
        _most = (int)Math.Min(int.MaxValue, inMemory / PageSize);
        FitPages();
    }

    /// <summary>Lets go of pages that nobody looked at lately, down to what memory holds. References to rows are not good after that.</summary>
    /// <remarks>One or two at a time: many at once would keep everybody waiting for some milliseconds, and the disk without anything to flush.</remarks>
    public void Trim()
    {
        if (_loaded > _most && _loaded >= _failedAt)
        {
            MoveOut();
        }
    }

    /// <summary>Goes round the pages: one that was used since the last time is spared once.</summary>
    private void MoveOut()
    {
        for (var left = _chunks.Length * 2; left > 0 && _loaded > _most; left--)
        {
            _hand = _hand + 1 < _chunks.Length ? _hand + 1 : 0;
            if (_chunks[_hand] is null)
            {
                continue;
            }

            if (_used[_hand])
            {
                _used[_hand] = false;
            }
            else if (!TryMoveOut(_hand))
            {
                _failedAt = _loaded + Patience;
                return;
            }
        }

        _failedAt = 0;
    }

    private bool TryMoveOut(int chunk)
    {
        var rows = _chunks[chunk]!;
        var bytes = MemoryMarshal.AsBytes<T>(rows.AsSpan());
        if (_places[chunk] == 0 || !_pages!.Holds(_places[chunk], bytes))
        {
            var place = _pages!.Write(bytes);
            if (place == 0)
            {
                return false;
            }

            FreePlace(chunk);
            _places[chunk] = place;
        }

        Release(chunk, rows);
        return true;
    }

    /// <summary>Lets go of a chunk's memory, which the next one takes over unless a snapshot still reads it.</summary>
    private void Release(int chunk, T[] rows)
    {
        _chunks[chunk] = null;
        _loaded--;
        if (_frozen is not null && chunk < _frozen.Length && _frozen[chunk])
        {
            _frozen[chunk] = false;
        }
        else if (_spare.Count < MostSpare)
        {
            _spare.Push(rows);
        }
    }

    private void Watch(int chunk)
    {
        if (_pages is not null)
        {
            if (_chunks[chunk] is null)
            {
                Bring(chunk);
            }

            _used[chunk] = true;
        }

        Keep(chunk);
    }

    private void Bring(int chunk)
    {
        var rows = Take();
        _pages!.Read(_places[chunk], MemoryMarshal.AsBytes(rows.AsSpan()));
        _chunks[chunk] = rows;
        _loaded++;
    }

    /// <summary>Makes a chunk of zeros.</summary>
    private void Begin(int chunk)
    {
        var rows = Take();
        rows.AsSpan().Clear();
        _chunks[chunk] = rows;
        _loaded++;
        if (_pages is not null)
        {
            FitPages();
            _used[chunk] = true;
        }
    }

    private T[] Take() => _spare.TryPop(out var rows) ? rows : new T[_perChunk];

    private void FreePlace(int chunk)
    {
        if (_places[chunk] != 0)
        {
            _pages!.Free(_places[chunk]);
            _places[chunk] = 0;
        }
    }

    private void FitPages()
    {
        if (_places.Length < _chunks.Length)
        {
            Array.Resize(ref _places, _chunks.Length);
            Array.Resize(ref _used, _chunks.Length);
        }
    }
}
