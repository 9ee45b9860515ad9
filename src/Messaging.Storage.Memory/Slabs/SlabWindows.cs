namespace Messaging.Storage.Memory;

/// <summary>Reads ahead in slabs that are in files, where records are read one after another. What was handed out stays as it is: windows are not used again.</summary>
internal sealed class SlabWindows(ISlabFiles files)
{
    private const int Size = 16 * 1024;
    private const int Most = 8;

    private readonly Window[] _windows = new Window[Most];
    private int _oldest;

    /// <summary>Returns the bytes from a place on, at least as many as asked for; empty when nobody reads on there.</summary>
    public ReadOnlyMemory<byte> Read(Slab slab, int offset, int least)
    {
        foreach (ref var window in _windows.AsSpan())
        {
            if (!ReferenceEquals(window.Slab, slab) || offset < window.Start || offset > window.End + Size)
            {
                continue;
            }

            if (window.Bytes is null || offset + least > window.End)
            {
                Move(ref window, offset);
            }

            return offset + least <= window.End ? window.Bytes.AsMemory(offset - window.Start) : default;
        }

        _windows[_oldest] = new Window { Slab = slab, Start = offset, End = offset };
        _oldest = (_oldest + 1) % Most;
        return default;
    }

    private void Move(ref Window window, int offset)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Math.Min(Size, window.Slab!.Used - offset));
        files.Read(window.Slab.File, offset, bytes);
        (window.Bytes, window.Start, window.End) = (bytes, offset, offset + bytes.Length);
    }

    private struct Window
    {
        public Slab? Slab;
        public byte[]? Bytes;
        public int Start;
        public int End;
    }
}
