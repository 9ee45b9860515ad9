using System.Globalization;
using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Log;

namespace Messaging.Storage.Journal.Recovery;

/// <summary>What a journal consists of: lines of text with a checksum, replaced as a whole.</summary>
internal sealed record Manifest
{
    public const string Name = "MANIFEST";

    private const string Temporary = "MANIFEST.tmp";
    private const string First = "messaging-journal";
    private const int Version = 1;

    /// <summary>Gets whose the files are.</summary>
    public required Guid Store { get; init; }

    /// <summary>Gets the first segment that is needed.</summary>
    public required long Segment { get; init; }

    /// <summary>Gets the snapshot that the segments build on; <see langword="null"/> while there is none.</summary>
    public string? Snapshot { get; init; }

    /// <summary>Reads the manifest.</summary>
    /// <exception cref="JournalException">It is damaged, or newer than this version.</exception>
    public static Manifest Read(IJournalDisk disk)
    {
        using var file = disk.Open(Name, write: false);
        var bytes = new byte[file.Length];
        file.Read(bytes, 0);
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        var end = text.LastIndexOf("crc ", StringComparison.Ordinal);
        if (end < 0 || text[(end + 4)..].Trim() != CrcOf(text[..end]))
        {
            throw Damaged();
        }

        return Parse(text[..end]);
    }

    /// <summary>Writes the manifest in place of the one before; a crash leaves one of the two.</summary>
    public void Write(IJournalDisk disk)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{First} {Version}\nstore {Store:D}\nsegment {Segment}\nsnapshot {Snapshot ?? "-"}\n");
        using (var file = disk.Create(Temporary))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes($"{text}crc {CrcOf(text)}\n"), 0);
            file.Flush();
        }

        disk.Move(Temporary, Name);
        disk.FlushNames();
    }

    private static Manifest Parse(string text)
    {
        var values = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)).ToDictionary(line => line[0], line => line[^1]);
        FormatVersion.Check(int.Parse(values[First], CultureInfo.InvariantCulture), Version, "manifest");
        return new Manifest
        {
            Store = Guid.Parse(values["store"]),
            Segment = long.Parse(values["segment"], CultureInfo.InvariantCulture),
            Snapshot = values["snapshot"] is var snapshot && snapshot == "-" ? null : snapshot,
        };
    }

    private static string CrcOf(string text) => Crc.Of(System.Text.Encoding.UTF8.GetBytes(text)).ToString("x8", CultureInfo.InvariantCulture);

    private static JournalException Damaged() => new(
        JournalProblem.Corrupt, "The MANIFEST of the journal is damaged. Restore the directory from a backup; its segments were not touched.");
}
