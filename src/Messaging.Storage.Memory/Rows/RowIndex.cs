namespace Messaging.Storage.Memory;

/// <summary>Finds rows by the hash of what they are known by: open addressing, 8 bytes a slot. Not thread safe.</summary>
/// <remarks>In 256 parts, so that growing halts the store for a part only. Holds hashes and row numbers; the key itself stands in the row.</remarks>
internal sealed class RowIndex
{
    private const int Parts = 256;
    private const int PartBits = 8;
    private const int Smallest = 8;

    private readonly Part[] _parts = new Part[Parts];

    /// <summary>Gets how many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>Returns the row that has the key; 0 when there is none.</summary>
    public int Find<TKey>(uint hash, scoped in TKey key)
        where TKey : struct, IRowKey, allows ref struct
    {
        if (_parts[hash % Parts].Slots is not { } slots)
        {
            return 0;
        }

        for (var i = Home(hash, slots); slots[i] != 0; i = Next(i, slots))
        {
            if (HashOf(slots[i]) == hash && key.Is(RowOf(slots[i])))
            {
                return RowOf(slots[i]);
            }
        }

        return 0;
    }

    /// <summary>Adds a row whose key is not there yet.</summary>
    public void Add(uint hash, int row)
    {
        ref var part = ref _parts[hash % Parts];
        if (part.Slots is not { } slots || (part.Count + 1) * 5 > slots.Length * 4)
        {
            slots = Grow(ref part);
        }

        Put(slots, hash, row);
        part.Count++;
        Count++;
    }

    /// <summary>Lets another row stand for the key.</summary>
    public void Replace(uint hash, int before, int after) =>
        _parts[hash % Parts].Slots![Place(hash, before)] = Slot(hash, after);

    /// <summary>Removes a row that is there.</summary>
    public void Remove(uint hash, int row)
    {
        ref var part = ref _parts[hash % Parts];
        var slots = part.Slots!;
        var hole = Place(hash, row);
        part.Count--;
        Count--;
        for (var i = Next(hole, slots); slots[i] != 0; i = Next(i, slots))
        {
            // What stands behind the hole moves up, unless it stands between its home and itself.
            var home = Home(HashOf(slots[i]), slots);
            if (hole <= i ? home <= hole || home > i : home <= hole && home > i)
            {
                slots[hole] = slots[i];
                hole = i;
            }
        }

        slots[hole] = 0;
    }

    private static ulong Slot(uint hash, int row) => ((ulong)hash << 32) | (uint)row;

    private static uint HashOf(ulong slot) => (uint)(slot >> 32);

    private static int RowOf(ulong slot) => (int)slot;

    /// <summary>Spreads the bits that did not choose the part over the slots.</summary>
    private static int Home(uint hash, ulong[] slots) => (int)(((ulong)(hash >> PartBits) * (uint)slots.Length) >> (32 - PartBits));

    private static int Next(int i, ulong[] slots) => ++i == slots.Length ? 0 : i;

    private static void Put(ulong[] slots, uint hash, int row)
    {
        var i = Home(hash, slots);
        while (slots[i] != 0)
        {
            i = Next(i, slots);
        }

        slots[i] = Slot(hash, row);
    }

    private static ulong[] Grow(ref Part part)
    {
        var former = part.Slots ?? [];
        var grown = new ulong[Math.Max(Smallest, former.Length * 3 / 2)];
        foreach (var slot in former)
        {
            if (slot != 0)
            {
                Put(grown, HashOf(slot), RowOf(slot));
            }
        }

        return part.Slots = grown;
    }

    private int Place(uint hash, int row)
    {
        var slots = _parts[hash % Parts].Slots!;
        var i = Home(hash, slots);
        while (slots[i] != Slot(hash, row))
        {
            i = slots[i] != 0 ? Next(i, slots) : throw new InvalidOperationException("An index has lost a row. This is a defect of the store.");
        }

        return i;
    }

    private struct Part
    {
        public ulong[]? Slots;
        public int Count;
    }
}
