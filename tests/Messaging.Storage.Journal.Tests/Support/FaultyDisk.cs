using Messaging.Storage.Journal.Files;

namespace Messaging.Storage.Journal.Support;

/// <summary>A disk that fails as disks do: no room for more, errors at flush, and writes that a loss of power takes back, sector by sector.</summary>
internal sealed class FaultyDisk(string root) : IJournalDisk
{
    private const int Sector = 512;

    private readonly Lock _gate = new();
    private readonly JournalDisk _disk = new(root);

    /// <summary>What stood on each sector that was written and not flushed since.</summary>
    private readonly Dictionary<(string Name, long Sector), byte[]> _unflushed = [];

    public string Root => root;

    /// <summary>Gets or sets a value indicating whether files cannot be made or grow.</summary>
    public bool IsFull { get; set; }

    /// <summary>Gets or sets a value indicating whether not even writes into room that is there succeed, as on file systems that copy on write.</summary>
    public bool RefusesWrites { get; set; }

    /// <summary>Gets or sets a value indicating whether flushes fail.</summary>
    public bool FailsFlush { get; set; }

    /// <summary>Gets or sets what each flush waits for; <see langword="null"/> for nothing.</summary>
    public ManualResetEventSlim? FlushGate { get; set; }

    /// <summary>Gets or sets what is called before every step that changes the directory.</summary>
    public Action? BeforeStep { get; set; }

    public IJournalFile Create(string name)
    {
        BeforeStep?.Invoke();
        return IsFull ? throw Full() : new FaultyFile(this, name, _disk.Create(name));
    }

    public IJournalFile Open(string name, bool write) => new FaultyFile(this, name, _disk.Open(name, write));

    public IJournalFile OpenLog(string name) => Open(name, write: true);

    public bool Exists(string name) => _disk.Exists(name);

    public IReadOnlyList<string> List(string pattern) => _disk.List(pattern);

    public void Move(string name, string to)
    {
        BeforeStep?.Invoke();
        lock (_gate)
        {
            _disk.Move(name, to);
            foreach (var key in _unflushed.Keys.Where(key => key.Name == name).ToArray())
            {
                _unflushed.Remove(key, out var before);
                _unflushed[(to, key.Sector)] = before!;
            }
        }
    }

    public void Delete(string name)
    {
        BeforeStep?.Invoke();
        lock (_gate)
        {
            _disk.Delete(name);
            foreach (var key in _unflushed.Keys.Where(key => key.Name == name).ToArray())
            {
                _unflushed.Remove(key);
            }
        }
    }

    public void FlushNames() => _disk.FlushNames();

    /// <summary>Copies the files as the end of the process leaves them, or a loss of power with some of the sectors lost that were not flushed.</summary>
    public void CrashTo(string directory, Random? lossOfPower = null)
    {
        lock (_gate)
        {
            foreach (var path in Directory.GetFiles(root).Where(path => Path.GetFileName(path) != "LOCK"))
            {
                File.Copy(path, Path.Combine(directory, Path.GetFileName(path)));
            }

            foreach (var ((name, sector), before) in _unflushed)
            {
                if (lossOfPower?.Next(2) == 0)
                {
                    using var file = new JournalDisk(directory).Open(name, write: true);
                    file.Write(before, sector * Sector);
                }
            }
        }
    }

    private static IOException Full() => new("No space left on device", 28);

    private sealed class FaultyFile(FaultyDisk disk, string name, IJournalFile file) : IJournalFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> bytes, long offset) => file.Read(bytes, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            lock (disk._gate)
            {
                if (disk.RefusesWrites || (disk.IsFull && offset + bytes.Length > file.Length))
                {
                    throw Full();
                }

                for (var sector = offset / Sector; sector * Sector < offset + bytes.Length; sector++)
                {
                    if (!disk._unflushed.ContainsKey((name, sector)))
                    {
                        var before = new byte[Sector];
                        disk._unflushed[(name, sector)] = before[..file.Read(before, sector * Sector)];
                    }
                }

                file.Write(bytes, offset);
            }
        }

        public void Flush()
        {
            disk.FlushGate?.Wait();
            lock (disk._gate)
            {
                if (disk.FailsFlush)
                {
                    throw new IOException("Input/output error", 5);
                }

                file.Flush();
                foreach (var key in disk._unflushed.Keys.Where(key => key.Name == name).ToArray())
                {
                    disk._unflushed.Remove(key);
                }
            }
        }

        public void Dispose() => file.Dispose();
    }
}
