namespace Messaging.Storage.Memory;

/// <summary>What is held, by the key that it is held under. Not thread safe.</summary>
internal sealed class ParkedWork(RowTable<WorkRow> work)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _keys = [""];
    private readonly RowTable<ParkRow> _parks = new();

    public int Count { get; private set; }

    /// <summary>Returns the oldest under a key; 0 when there is none.</summary>
    public int FirstOf(string key) => _numbers.TryGetValue(key, out var number) ? _parks[number].First : 0;

    /// <summary>Returns the key that work is held under; <see langword="null"/> when it is not.</summary>
    public string? KeyOf(int row) => work[row].Park is var park && park != 0 ? _keys[park] : null;

    public void Add(int row, string key)
    {
        if (!_numbers.TryGetValue(key, out var number))
        {
            number = Open(key);
        }

        ref var park = ref _parks[number];
        ref var added = ref work[row];
        (added.Park, added.Previous, added.Next) = (number, park.Last, 0);
        (park.Last == 0 ? ref park.First : ref work[park.Last].Next) = row;
        park.Last = row;
        Count++;
    }

    public void Remove(int row)
    {
        ref var removed = ref work[row];
        ref var park = ref _parks[removed.Park];
        (removed.Previous == 0 ? ref park.First : ref work[removed.Previous].Next) = removed.Next;
        (removed.Next == 0 ? ref park.Last : ref work[removed.Next].Previous) = removed.Previous;
        Count--;
        if (park.First == 0)
        {
            _numbers.Remove(_keys[removed.Park]);
            _keys[removed.Park] = "";
            _parks.Remove(removed.Park);
        }

        (removed.Park, removed.Next, removed.Previous) = (0, 0, 0);
    }

    public Action<BinaryWriter> Freeze()
    {
        var (keys, numbers, count) = (_keys.ToArray(), _numbers.Values.ToArray(), Count);
        return _parks.Freeze().Write + (Action<BinaryWriter>)(writer =>
        {
            writer.Write(keys.Length);
            Array.ForEach(keys, writer.Write);
            writer.WriteRaw<int>(numbers);
            writer.Write(count);
        });
    }

    public void Thaw() => _parks.Thaw();

    public void Load(BinaryReader reader)
    {
        _parks.Load(reader);
        _keys.Clear();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            _keys.Add(reader.ReadString());
        }

        foreach (var number in reader.ReadRaw<int>())
        {
            _numbers.Add(_keys[number], number);
        }

        Count = reader.ReadInt32();
    }

    private int Open(string key)
    {
        var number = _parks.Add();
        _numbers.Add(key, number);
        if (number == _keys.Count)
        {
            _keys.Add(key);
        }

        _keys[number] = key;
        return number;
    }
}
