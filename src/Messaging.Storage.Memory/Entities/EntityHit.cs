namespace Messaging.Storage.Memory;

/// <summary>An entity that was found, and by which entry; 0 when the order goes by key.</summary>
internal readonly record struct EntityHit(int Row, int Entry);
