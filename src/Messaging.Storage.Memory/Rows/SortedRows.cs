namespace Messaging.Storage.Memory;

/// <summary>Rows in an order that probes know: arrays of row numbers, so that a page costs what it is long. Not thread safe.</summary>
internal sealed class SortedRows
{
    private const int Most = 256;

    private readonly List<Block> _blocks = [];

    public int Count { get; private set; }

    /// <summary>Adds a row at the place of its probe.</summary>
    public void Add<TProbe>(scoped in TProbe probe, int row)
        where TProbe : struct, IRowProbe, allows ref struct
    {
        if (_blocks.Count == 0)
        {
            _blocks.Add(new Block());
        }

        var number = BlockOf(probe);
        if (_blocks[number].Count == Most)
        {
            _blocks.Insert(number + 1, _blocks[number].Split());
            number = BlockOf(probe);
        }

        _blocks[number].Insert(_blocks[number].Seek(probe), row);
        Count++;
    }

    /// <summary>Removes the row at the place of the probe, if there is one.</summary>
    public bool Remove<TProbe>(scoped in TProbe probe)
        where TProbe : struct, IRowProbe, allows ref struct
    {
        var place = Seek(probe);
        if (!Is(place, probe))
        {
            return false;
        }

        var block = _blocks[place.Block];
        block.RemoveAt(place.Offset);
        Count--;
        if (block.Count == 0)
        {
            _blocks.RemoveAt(place.Block);
        }

        return true;
    }

    /// <summary>Returns the row at the place of the probe; 0 when there is none.</summary>
    public int Find<TProbe>(scoped in TProbe probe)
        where TProbe : struct, IRowProbe, allows ref struct =>
        Seek(probe) is var place && Is(place, probe) ? _blocks[place.Block][place.Offset] : 0;

    /// <summary>Returns the place of the first row that does not come before the probe.</summary>
    public RowPlace Seek<TProbe>(scoped in TProbe probe)
        where TProbe : struct, IRowProbe, allows ref struct
    {
        if (_blocks.Count == 0)
        {
            return default;
        }

        var number = BlockOf(probe);
        var offset = _blocks[number].Seek(probe);
        return offset == _blocks[number].Count ? new RowPlace(number + 1, 0) : new RowPlace(number, offset);
    }

    /// <summary>Lists the rows from a place on, upwards.</summary>
    public IEnumerable<int> From(RowPlace place)
    {
        for (var number = place.Block; number < _blocks.Count; number++)
        {
            for (var offset = number == place.Block ? place.Offset : 0; offset < _blocks[number].Count; offset++)
            {
                yield return _blocks[number][offset];
            }
        }
    }

    /// <summary>Lists the rows before a place, downwards.</summary>
    public IEnumerable<int> Before(RowPlace place)
    {
        for (var number = Math.Min(place.Block, _blocks.Count - 1); number >= 0; number--)
        {
            for (var offset = (number == place.Block ? place.Offset : _blocks[number].Count) - 1; offset >= 0; offset--)
            {
                yield return _blocks[number][offset];
            }
        }
    }

    /// <summary>Lists all rows, downwards.</summary>
    public IEnumerable<int> Downwards() => Before(new RowPlace(_blocks.Count, 0));

    private bool Is<TProbe>(RowPlace place, scoped in TProbe probe)
        where TProbe : struct, IRowProbe, allows ref struct =>
        place.Block < _blocks.Count && place.Offset < _blocks[place.Block].Count && probe.CompareTo(_blocks[place.Block][place.Offset]) == 0;

    /// <summary>Finds the last block that begins at or before the probe.</summary>
    private int BlockOf<TProbe>(scoped in TProbe probe)
        where TProbe : struct, IRowProbe, allows ref struct
    {
        int low = 0, high = _blocks.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = probe.CompareTo(_blocks[middle][0]) >= 0 ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private sealed class Block
    {
        private int[] _rows = new int[8];

        public int Count { get; private set; }

        public int this[int offset] => _rows[offset];

        public int Seek<TProbe>(scoped in TProbe probe)
            where TProbe : struct, IRowProbe, allows ref struct
        {
            int low = 0, high = Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = probe.CompareTo(_rows[middle]) > 0 ? (middle + 1, high) : (low, middle);
            }

            return low;
        }

        public void Insert(int offset, int row)
        {
            if (Count == _rows.Length)
            {
                Array.Resize(ref _rows, Count * 2);
            }

            Array.Copy(_rows, offset, _rows, offset + 1, Count - offset);
            _rows[offset] = row;
            Count++;
        }

        public void RemoveAt(int offset)
        {
            Count--;
            Array.Copy(_rows, offset + 1, _rows, offset, Count - offset);
        }

        /// <summary>Cuts off the upper part: half, which suits any order of arrival.</summary>
        public Block Split()
        {
            var half = Count / 2;
            var upper = new Block { _rows = new int[Most], Count = Count - half };
            Array.Copy(_rows, half, upper._rows, 0, upper.Count);
            Count = half;
            return upper;
        }
    }
}
