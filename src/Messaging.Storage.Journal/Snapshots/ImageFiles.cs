using System.Runtime.CompilerServices;
using Messaging.Storage.Journal.Files;
using Messaging.Storage.Memory;

namespace Messaging.Storage.Journal.Snapshots;

/// <summary>The files that hold what of the image memory has no room for: contents, records, and pages of rows. The store's lock guards it.</summary>
internal sealed class ImageFiles : IDisposable
{
    /// <summary>What a delivery's row, a message's and their records take, as parts of eight.</summary>
    private const int DeliveryParts = 4;
    private const int MessageParts = 2;
    private const int RecordParts = 2;
    private const int Parts = 8;

    private readonly SlabFiles _bodies;
    private readonly SlabFiles _records;
    private readonly PageFile _deliveries;
    private readonly PageFile _messages;

    /// <summary>Puts files behind an image that is empty yet.</summary>
    public ImageFiles(IJournalDisk disk, JournalOptions options, StoreImage image)
    {
        var part = options.RecordsInMemory / Parts;
        _bodies = new SlabFiles(disk, "bodies", options.BodiesInMemory);
        _records = new SlabFiles(disk, "records", part * RecordParts);
        _deliveries = PagesOf(disk, "deliveries.dat", image.Deliveries.Rows, part * DeliveryParts);
        _messages = PagesOf(disk, "messages.dat", image.Messages.Rows, part * MessageParts);
        image.Payloads.Files = _bodies;
        image.Records.Files = _records;
        image.Records.Windows = new SlabWindows(_records);
        image.Records.ErasesFreed = true;
    }

    /// <summary>Gets the patterns of the names of all such files.</summary>
    public static IReadOnlyList<string> Patterns { get; } = ["bodies-*.dat", "records-*.dat", "deliveries.dat", "messages.dat"];

    /// <summary>Sets what is told of damage to rows.</summary>
    public Action<JournalException> Damaged
    {
        set => _deliveries.Damaged = _messages.Damaged = value;
    }

    /// <summary>Says that the snapshot was read. What it does not name was written after it, and is written again while the journal is read back.</summary>
    public void Loaded()
    {
        _bodies.DeleteStrangers();
        _records.DeleteStrangers();
        _deliveries.Loaded();
        _messages.Loaded();
    }

    /// <summary>Returns what a snapshot taken now needs flushed, and what can go once it counts.</summary>
    public ImageStock TakeStock() => new(_bodies.TakeStock(), _records.TakeStock(), _deliveries.TakeStock(), _messages.TakeStock());

    /// <summary>Waits until all that a snapshot names is on the disk. Without the store's lock.</summary>
    public static void Flush(ImageStock stock)
    {
        stock.Bodies.Dirty.ForEach(file => file.File.Flush());
        stock.Records.Dirty.ForEach(file => file.File.Flush());
        stock.Deliveries.Dirty?.Flush();
        stock.Messages.Dirty?.Flush();
    }

    /// <summary>Takes back what was given out, because the snapshot came to nothing.</summary>
    public void PutBack(ImageStock stock)
    {
        _bodies.PutBack(stock.Bodies);
        _records.PutBack(stock.Records);
        _deliveries.PutBack(stock.Deliveries);
        _messages.PutBack(stock.Messages);
    }

    /// <summary>Lets go of what no snapshot names any more, and overwrites what was erased.</summary>
    /// <returns>The files that must be flushed for that.</returns>
    public List<SlabFile> Release(ImageStock stock)
    {
        _bodies.Delete(stock.Bodies);
        _records.Delete(stock.Records);
        _deliveries.Release(stock.Deliveries);
        _messages.Release(stock.Messages);
        return [.. _bodies.Erase(stock.Bodies), .. _records.Erase(stock.Records)];
    }

    public void Dispose()
    {
        _bodies.Dispose();
        _records.Dispose();
        _deliveries.Dispose();
        _messages.Dispose();
    }

    private static PageFile PagesOf<T>(IJournalDisk disk, string name, RowTable<T> rows, long inMemory)
        where T : unmanaged
    {
        var pages = new PageFile(disk, name, rows.PerChunk * Unsafe.SizeOf<T>());
        rows.Page(pages, inMemory);
        return pages;
    }
}
