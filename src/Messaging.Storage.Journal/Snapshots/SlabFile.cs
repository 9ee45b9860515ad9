using Messaging.Storage.Journal.Files;

namespace Messaging.Storage.Journal.Snapshots;

/// <summary>A file with slabs of bodies.</summary>
internal sealed class SlabFile(int number, IJournalFile file)
{
    public int Number { get; } = number;

    public IJournalFile File { get; } = file;

    /// <summary>Gets or sets where the next slab goes.</summary>
    public long End { get; set; }

    /// <summary>Gets or sets the bytes of slabs that are still needed.</summary>
    public long Live { get; set; }

    /// <summary>Gets or sets a value indicating whether something was written since the last flush.</summary>
    public bool IsDirty { get; set; }
}
