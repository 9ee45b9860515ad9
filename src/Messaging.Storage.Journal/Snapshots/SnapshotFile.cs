using System.Globalization;
using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Log;
using Messaging.Storage.Memory;

namespace Messaging.Storage.Journal.Snapshots;

/// <summary>The image in a file, with a checksum over all of it.</summary>
internal static class SnapshotFile
{
    public const string Pattern = "snap-*.img";

    private const string Temporary = "snap.tmp";
    private const int Version = 1;
    private const int Footer = sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "MSGSNAP\n"u8;

    /// <summary>Writes a snapshot, reads it back to see that it is whole, and gives it its name; durable when this returns.</summary>
    /// <returns>The name.</returns>
    public static string Write(IJournalDisk disk, in SnapshotHeader header, FrozenImage image, GentleFlush flush)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"snap-{header.Lsn:D19}.img");
        using (var file = disk.Create(Temporary))
        {
            Write(file, header, image, flush);
            file.Flush();
            Verify(file, Temporary);
        }

        disk.Move(Temporary, name);
        disk.FlushNames();
        return name;
    }

    /// <summary>Reads a snapshot into an empty image.</summary>
    /// <exception cref="JournalException">It is damaged, or of another format.</exception>
    public static SnapshotHeader Load(IJournalDisk disk, string name, StoreImage image)
    {
        if (!disk.Exists(name))
        {
            throw new JournalException(JournalProblem.Corrupt, $"{name} is missing from the journal. Restore the file, or the directory, from a backup.");
        }

        using var file = disk.Open(name, write: false);
        Verify(file, name);
        using var reader = new BinaryReader(new SnapshotStream(file));
        var header = ReadHeader(reader, out var version);
        image.Load(reader, version);
        return header;
    }

    private static void Write(IJournalFile file, in SnapshotHeader header, FrozenImage image, GentleFlush flush)
    {
        using var stream = new SnapshotStream(file, flush);
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(ImageLayout.Version);
        writer.Write(ImageLayout.Sizes);
        writer.Write(header.Store.ToByteArray());
        writer.Write(header.Lsn);
        writer.Write(header.Now);
        image.Write(writer);
        writer.Write(stream.Checksum);
        writer.Flush();
    }

    private static SnapshotHeader ReadHeader(BinaryReader reader, out int version)
    {
        reader.ReadBytes(Magic.Length);
        FormatVersion.Check(reader.ReadInt32(), Version, "snapshot");
        version = reader.ReadInt32();
        FormatVersion.Check(version, ImageLayout.Version, "image");
        if (reader.ReadString() != ImageLayout.Sizes)
        {
            throw new JournalException(
                JournalProblem.NewerFormat, "The snapshot of the journal is laid out as another version of Messaging.Storage.Journal does it. Nothing was changed. Run the version that wrote it.");
        }

        return new SnapshotHeader(new Guid(reader.ReadBytes(16)), reader.ReadInt64(), reader.ReadInt64());
    }

    private static void Verify(IJournalFile file, string name)
    {
        using var stream = new SnapshotStream(file);
        var buffer = new byte[256 * 1024];
        var left = file.Length - Footer;
        while (left > 0 && stream.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, left))) is var read and > 0)
        {
            left -= read;
        }

        var checksum = stream.Checksum;
        Span<byte> footer = stackalloc byte[Footer];
        file.Read(footer, Math.Max(0, file.Length - Footer));
        if (left != 0 || BitConverter.ToUInt32(footer) != checksum)
        {
            throw new JournalException(JournalProblem.Corrupt, $"{name} of the journal is damaged. Restore the directory from a backup; look after the disk.");
        }
    }
}
