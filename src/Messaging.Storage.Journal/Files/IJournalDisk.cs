namespace Messaging.Storage.Journal.Files;

/// <summary>The directory of a journal. Tests put one in its place that fails as disks do.</summary>
internal interface IJournalDisk
{
    string Root { get; }

    IJournalFile Create(string name);

    IJournalFile Open(string name, bool write);

    /// <summary>Opens a segment of the log, which is written from somewhere on to its end.</summary>
    IJournalFile OpenLog(string name);

    bool Exists(string name);

    IReadOnlyList<string> List(string pattern);

    /// <summary>Gives a file another name, in place of what had it.</summary>
    void Move(string name, string to);

    void Delete(string name);

    /// <summary>Waits until the names of files are on the disk.</summary>
    void FlushNames();
}
