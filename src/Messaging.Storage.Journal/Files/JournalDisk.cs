namespace Messaging.Storage.Journal.Files;

/// <summary>A directory on disk.</summary>
internal sealed class JournalDisk(string root) : IJournalDisk
{
    public string Root { get; } = root;

    public IJournalFile Create(string name) =>
        new JournalFile(File.OpenHandle(PathOf(name), FileMode.Create, FileAccess.ReadWrite, FileShare.Read));

    public IJournalFile Open(string name, bool write) => OpenFile(name, write);

    public IJournalFile OpenLog(string name) => DirectFile.OpenOr(PathOf(name), OpenFile(name, write: true));

    public bool Exists(string name) => File.Exists(PathOf(name));

    public IReadOnlyList<string> List(string pattern)
    {
        var names = Directory.GetFiles(Root, pattern).Select(path => Path.GetFileName(path)).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    public void Move(string name, string to) => File.Move(PathOf(name), PathOf(to), overwrite: true);

    public void Delete(string name) => File.Delete(PathOf(name));

    public void FlushNames() => DirectoryFlush.Run(Root);

    private JournalFile OpenFile(string name, bool write) => new(
        File.OpenHandle(PathOf(name), FileMode.Open, write ? FileAccess.ReadWrite : FileAccess.Read, write ? FileShare.Read : FileShare.ReadWrite | FileShare.Delete));

    private string PathOf(string name) => Path.Combine(Root, name);
}
