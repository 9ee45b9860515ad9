namespace Messaging.Storage.Journal;

/// <summary>Where a journal stands and what it keeps.</summary>
public sealed class JournalOptions
{
    /// <summary>Gets or sets the directory, which belongs to the journal alone; made when it is not there. On a local disk: locks and flushes of network file systems promise less.</summary>
    /// <value>A path, relative to the working directory; required.</value>
    public string Path { get; set; } = "";

    /// <summary>Gets or sets what an acknowledged change may be lost by.</summary>
    /// <value>The default is <see cref="JournalDurability.LosesNothing"/>.</value>
    public JournalDurability Durability { get; set; } = JournalDurability.LosesNothing;

    /// <summary>Gets or sets how often the disk is flushed under <see cref="JournalDurability.LosesLastInterval"/>.</summary>
    /// <value>Between 1 ms and 1 min; the default is 100 ms.</value>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Gets or sets how long opening waits for a process that still has the directory, so that restarts may overlap.</summary>
    /// <value>Between 0 and 10 min; the default is 30 s.</value>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the size of a segment, allocated ahead; no change can be larger.</summary>
    /// <value>Between 1 MiB and 1 GiB; the default is 64 MiB.</value>
    public int SegmentSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>Gets or sets how long a delivery is kept after its work has ended, with its content and timeline.</summary>
    /// <value>Between 1 s and 3650 days; the default is 30 days.</value>
    public TimeSpan KeepHistoryFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Gets or sets how long contents are kept after a delivery's work has ended; its history stays. What a route or a bulk shares goes with its last delivery.</summary>
    /// <value>Between 1 s and 3650 days; the default is <see langword="null"/>: as long as the delivery.</value>
    public TimeSpan? KeepContentsFor { get; set; }

    /// <summary>Gets or sets how long dead letters are kept, whatever their category.</summary>
    /// <value>Between 1 s and 3650 days; the default is <see langword="null"/>: as long as other deliveries.</value>
    public TimeSpan? KeepDeadLettersFor { get; set; }

    /// <summary>Gets how long deliveries of some categories are kept, in place of <see cref="KeepHistoryFor"/>: less for advertising, more for what must be proven.</summary>
    /// <value>Each between 1 s and 3650 days; empty by default.</value>
    public IDictionary<string, TimeSpan> KeepCategoriesFor { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>Gets or sets how long bytes may stay on disk that nobody can reach any more: forgotten history, dropped payloads, removed entities. The journal is compacted at least this often.</summary>
    /// <value>Between 1 min and 30 days; the default is 24 h.</value>
    public TimeSpan EraseWithin { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets how much the journal grows at least before it is compacted: a snapshot takes the place of what was written before it.</summary>
    /// <value>Between 1 MiB and 1 TiB; the default is 256 MiB. The journal takes up to this, or twice what a snapshot takes if that is more, then a snapshot beside the last one, and the bodies of what is kept.</value>
    public long CompactAfter { get; set; } = 256L * 1024 * 1024;

    /// <summary>Gets or sets how many bytes of contents are kept in memory; the others are read from disk when they are needed.</summary>
    /// <value>Between 1 MiB and 1 TiB; the default is 32 MiB.</value>
    public long BodiesInMemory { get; set; } = 32L * 1024 * 1024;

    /// <summary>Gets or sets how many bytes of rows, texts and timelines are kept in memory; what nobody looked at lately, such as history, is read from disk when it is needed.</summary>
    /// <value>Between 1 MiB and 1 TiB; the default is 128 MiB, which is enough for some 300,000 deliveries. Indexes come on top of that: about 85 bytes for each delivery that is kept.</value>
    public long RecordsInMemory { get; set; } = 128L * 1024 * 1024;

    /// <summary>Gets or sets how long counts by hour are kept; they outlive the deliveries that were counted.</summary>
    /// <value>Between 1 h and 3650 days; the default is 400 days.</value>
    public TimeSpan KeepStatisticsFor { get; set; } = TimeSpan.FromDays(400);

    /// <summary>Gets or sets a value indicating whether a damaged journal is opened all the same: what cannot be read is left out and listed in the log. For one start, after a copy of the directory was made; a damaged snapshot cannot be helped so.</summary>
    /// <value>The default is <see langword="false"/>: a damaged journal is refused.</value>
    public bool Salvage { get; set; }
}
