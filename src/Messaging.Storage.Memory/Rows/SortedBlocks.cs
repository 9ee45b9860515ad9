namespace Messaging.Storage.Memory;

/// <summary>An ordered set in blocks of arrays: no object for each entry, and a page costs what it is long. Not thread safe.</summary>
internal sealed class SortedBlocks<T>
    where T : struct, IComparable<T>
{
    private const int Most = 256;

    private readonly List<Block> _blocks = [];

    public int Count { get; private set; }

    public bool Add(T value)
    {
        if (_blocks.Count == 0)
        {
            _blocks.Add(new Block());
        }

        var number = BlockOf(value);
        var block = _blocks[number];
        var place = block.Find(value);
        if (place >= 0)
        {
            return false;
        }

        if (block.Count == Most)
        {
            _blocks.Insert(number + 1, block.Split());
            return Add(value);
        }

        block.Insert(~place, value);
        Count++;
        return true;
    }

    public bool Remove(T value)
    {
        if (_blocks.Count == 0)
        {
            return false;
        }

        var number = BlockOf(value);
        var place = _blocks[number].Find(value);
        if (place < 0)
        {
            return false;
        }

        _blocks[number].RemoveAt(place);
        Count--;
        if (_blocks[number].Count == 0)
        {
            _blocks.RemoveAt(number);
        }

        return true;
    }

    /// <summary>Lists the values from one on, including it, upwards.</summary>
    public IEnumerable<T> From(T first)
    {
        for (var number = _blocks.Count == 0 ? 0 : BlockOf(first); number < _blocks.Count; number++)
        {
            var block = _blocks[number];
            var place = block.Find(first);
            for (var i = place < 0 ? ~place : place; i < block.Count; i++)
            {
                yield return block[i];
            }
        }
    }

    /// <summary>Lists all values upwards.</summary>
    public IEnumerable<T> Upwards() => _blocks.SelectMany(block => Enumerable.Range(0, block.Count).Select(i => block[i]));

    /// <summary>Lists the values before one, without it, downwards.</summary>
    public IEnumerable<T> Before(T end)
    {
        for (var number = _blocks.Count == 0 ? -1 : BlockOf(end); number >= 0; number--)
        {
            var block = _blocks[number];
            var place = block.Find(end);
            for (var i = (place < 0 ? ~place : place) - 1; i >= 0; i--)
            {
                yield return block[i];
            }
        }
    }

    /// <summary>Lists all values downwards.</summary>
    public IEnumerable<T> Downwards()
    {
        for (var number = _blocks.Count - 1; number >= 0; number--)
        {
            for (var i = _blocks[number].Count - 1; i >= 0; i--)
            {
                yield return _blocks[number][i];
            }
        }
    }

    /// <summary>Finds the last block that begins at or before the value.</summary>
    private int BlockOf(T value)
    {
        int low = 0, high = _blocks.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _blocks[middle][0].CompareTo(value) <= 0 ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private sealed class Block
    {
        private T[] _values = new T[8];

        public int Count { get; private set; }

        public T this[int place] => _values[place];

        public int Find(T value) => Array.BinarySearch(_values, 0, Count, value);

        public void Insert(int place, T value)
        {
            if (Count == _values.Length)
            {
                Array.Resize(ref _values, Count * 2);
            }

            Array.Copy(_values, place, _values, place + 1, Count - place);
            _values[place] = value;
            Count++;
        }

        public void RemoveAt(int place)
        {
            Count--;
            Array.Copy(_values, place + 1, _values, place, Count - place);
            _values[Count] = default;
        }

        /// <summary>Cuts off the upper half.</summary>
        public Block Split()
        {
            var half = Count / 2;
            var upper = new Block { _values = new T[Most], Count = Count - half };
            Array.Copy(_values, half, upper._values, 0, upper.Count);
            Array.Clear(_values, half, upper.Count);
            Count = half;
            return upper;
        }
    }
}
