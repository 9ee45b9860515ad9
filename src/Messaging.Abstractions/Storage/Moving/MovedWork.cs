namespace Messaging.Storage;

/// <summary>A piece of work other than a delivery, on its way to another store. It waits until it is due.</summary>
/// <param name="Item">The work.</param>
/// <param name="Claims">How often it was claimed since it was last settled.</param>
public sealed record MovedWork(WorkItem Item, int Claims);
