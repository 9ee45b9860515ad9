namespace Messaging.Storage.Memory;

/// <summary>A dead letter in the order of acceptance.</summary>
internal readonly record struct DeadLetter(long Number, int Row) : IComparable<DeadLetter>
{
    public int CompareTo(DeadLetter other) => Number.CompareTo(other.Number);
}
