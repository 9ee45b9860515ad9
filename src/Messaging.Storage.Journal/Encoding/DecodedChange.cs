namespace Messaging.Storage.Journal.Encoding;

/// <summary>A change as it was written down; its entities have no type yet.</summary>
internal sealed class DecodedChange
{
    public Acceptance? Accept { get; set; }

    public IReadOnlyList<AttemptStart> Begins { get; set; } = [];

    public IReadOnlyList<Settlement> Settles { get; set; } = [];

    public IReadOnlyList<StoredEvent> Events { get; set; } = [];

    public IReadOnlyList<DeliveryCommand> Commands { get; set; } = [];

    public IReadOnlyList<Release> Releases { get; set; } = [];

    public IReadOnlyList<PayloadDrop> Drops { get; set; } = [];

    public IReadOnlyList<WorkItem> Enqueues { get; set; } = [];

    public IReadOnlyList<EntityWrite> Entities { get; set; } = [];

    /// <summary>Returns all but the entities.</summary>
    public Change ToChange() => new()
    {
        Accept = Accept,
        Begins = Begins,
        Settles = Settles,
        Events = Events,
        Commands = Commands,
        Releases = Releases,
        Drops = Drops,
        Enqueues = Enqueues,
    };
}
