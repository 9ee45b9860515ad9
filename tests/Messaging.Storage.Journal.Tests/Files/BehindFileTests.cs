namespace Messaging.Storage.Journal.Files;

public sealed class BehindFileTests : IDisposable
{
    private readonly SlowFile _slow = new();
    private readonly IJournalFile _file;

    public BehindFileTests() => _file = new BehindFile(_slow);

    public void Dispose()
    {
        _slow.Gate.Set();
        _file.Dispose();
        _slow.Gate.Dispose();
    }

    [Fact]
    public void Read_WritesAreStillAside_SeesThem()
    {
        _slow.Bytes.AddRange([1, 1, 1, 1]);
        _slow.Gate.Reset();
        _file.Write([2, 2], 1);
        _file.Write([3, 3, 3], 2);
        _file.Write([4], 7);

        Assert.Equal([1, 2, 3, 3, 3, 0, 0, 4], Read(0, 8));
        Assert.Equal([3, 3, 3], Read(2, 3));
        Assert.Equal([4], Read(7, 5));
        Assert.Equal(8, _file.Length);
        Assert.Equal([1, 1, 1, 1], _slow.Bytes);
    }

    [Fact]
    public void Flush_WritesAreStillAside_WritesThemInOrderFirst()
    {
        _slow.Gate.Reset();
        _file.Write([1, 1], 0);
        _file.Write([2], 1);
        _slow.Gate.Set();

        _file.Flush();

        Assert.Equal([1, 2], _slow.Flushed);
    }

    [Fact]
    public void Write_MoreIsAsideThanMayBe_WaitsForTheFile()
    {
        _slow.Gate.Reset();
        var mebibyte = new byte[1024 * 1024];
        for (var i = 0; i < 4; i++)
        {
            _file.Write(mebibyte, i * mebibyte.Length);
        }

        var written = 0L;
        var fifth = new Thread(() =>
        {
            _file.Write(mebibyte, 4 * mebibyte.Length);
            written = _slow.Length;
        });
        fifth.Start();
        SpinWait.SpinUntil(() => (fifth.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) != 0);
        _slow.Gate.Set();

        Assert.True(fifth.Join(TimeSpan.FromSeconds(30)));
        Assert.InRange(written, 4 * mebibyte.Length, 5 * mebibyte.Length);
        _file.Flush();
        Assert.Equal(5 * mebibyte.Length, _slow.Flushed.Length);
    }

    [Fact]
    public void Write_FileFails_RefusesTheNextAndLosesNothing()
    {
        _slow.Fails = true;
        _file.Write([1, 2], 0);
        Assert.Throws<IOException>(_file.Flush);

        Assert.Throws<IOException>(() => _file.Write([3], 2));
        Assert.Equal([1, 2], Read(0, 9));

        _slow.Fails = false;
        _file.Write([4], 2);
        _file.Flush();
        Assert.Equal([1, 2, 4], _slow.Flushed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_AfterAnyWritesAndFailures_IsAsIfEachHadBeenWrittenAtOnce(int seed)
    {
        var random = new Random(seed);
        var expected = new byte[4096];
        _file.Write(expected, 0);
        for (var step = 0; step < 2000; step++)
        {
            _slow.Fails = random.Next(4) == 0;
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            var place = random.Next(expected.Length - bytes.Length);
            try
            {
                _file.Write(bytes, place);
                bytes.CopyTo(expected, place);
            }
            catch (IOException)
            {
                // Refused, so that it must not be seen.
            }

            Assert.Equal(expected, Read(0, expected.Length));
        }

        _slow.Fails = false;
        _file.Flush();
        Assert.Equal(expected, _slow.Flushed);
    }

    private byte[] Read(long offset, int count)
    {
        var bytes = new byte[count];
        return bytes[.._file.Read(bytes, offset)];
    }

    /// <summary>A file that writes when it is let, and fails when it is told to.</summary>
    private sealed class SlowFile : IJournalFile
    {
        private volatile bool _fails;

        public ManualResetEventSlim Gate { get; } = new(initialState: true);

        public List<byte> Bytes { get; } = [];

        public byte[] Flushed { get; private set; } = [];

        public bool Fails
        {
            get => _fails;
            set => _fails = value;
        }

        public long Length
        {
            get
            {
                lock (Bytes)
                {
                    return Bytes.Count;
                }
            }
        }

        public int Read(Span<byte> bytes, long offset)
        {
            lock (Bytes)
            {
                var count = Math.Clamp(Bytes.Count - (int)offset, 0, bytes.Length);
                Bytes.Skip((int)offset).Take(count).ToArray().CopyTo(bytes);
                return count;
            }
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            Gate.Wait();
            if (Fails)
            {
                throw new IOException("No space left on device", 28);
            }

            lock (Bytes)
            {
                Bytes.AddRange(new byte[Math.Max(0, (int)offset + bytes.Length - Bytes.Count)]);
                for (var i = 0; i < bytes.Length; i++)
                {
                    Bytes[(int)offset + i] = bytes[i];
                }
            }
        }

        public void Flush()
        {
            lock (Bytes)
            {
                Flushed = [.. Bytes];
            }
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
