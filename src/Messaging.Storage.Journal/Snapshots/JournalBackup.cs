using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Log;
using Messaging.Storage.Journal.Recovery;

namespace Messaging.Storage.Journal.Snapshots;

/// <summary>Copies a journal into another directory. The manifest comes last: before that the copy is no journal.</summary>
internal sealed class JournalBackup
{
    private const string Attachments = "attachments";
    private const int Chunk = 1024 * 1024;

    private readonly JournalDisk _target;

    /// <param name="directory">Where to: empty, or not there yet.</param>
    public JournalBackup(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        var path = Path.GetFullPath(directory);
        Directory.CreateDirectory(path);
        if (Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new ArgumentException("The directory of the backup is not empty. Name one that is, or that is not there yet.", nameof(directory));
        }

        _target = new JournalDisk(path);
    }

    public void Run(IJournalDisk source, Manifest manifest, LogPosition end, CancellationToken cancellationToken)
    {
        for (var number = manifest.Segment; number <= end.Segment; number++)
        {
            Copy(source, SegmentHeader.NameOf(number), number == end.Segment ? end.Offset : long.MaxValue, cancellationToken);
        }

        foreach (var name in ImageFiles.Patterns.SelectMany(source.List))
        {
            Copy(source, name, long.MaxValue, cancellationToken);
        }

        if (manifest.Snapshot is { } snapshot)
        {
            Copy(source, snapshot, long.MaxValue, cancellationToken);
        }

        CopyAttachments(Path.Combine(source.Root, Attachments), cancellationToken);
        manifest.Write(_target);
    }

    private void Copy(IJournalDisk source, string name, long most, CancellationToken cancellationToken)
    {
        using var from = source.Open(name, write: false);
        using var to = _target.Create(name);
        var buffer = new byte[Chunk];
        var left = Math.Min(most, from.Length);
        for (var place = 0L; left > 0; left -= Chunk, place += Chunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = from.Read(buffer.AsSpan(0, (int)Math.Min(left, Chunk)), place);
            to.Write(buffer.AsSpan(0, read), place);
        }

        to.Flush();
    }

    private void CopyAttachments(string from, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var to = Path.Combine(_target.Root, Attachments, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            try
            {
                File.Copy(path, to);
            }
            catch (FileNotFoundException)
            {
                // Deleted since it was listed.
            }
        }
    }
}
