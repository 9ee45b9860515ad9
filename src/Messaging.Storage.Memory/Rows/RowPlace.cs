namespace Messaging.Storage.Memory;

/// <summary>A place in <see cref="SortedRows"/>, good until the next change.</summary>
internal readonly record struct RowPlace(int Block, int Offset);
