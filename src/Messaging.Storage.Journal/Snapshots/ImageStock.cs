namespace Messaging.Storage.Journal.Snapshots;

/// <summary>What a snapshot has to do with the files beside it.</summary>
internal sealed record ImageStock(SlabStock Bodies, SlabStock Records, PageStock Deliveries, PageStock Messages);
