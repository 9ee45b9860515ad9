namespace Messaging.Storage.Memory;

/// <summary>The oldest due first; first in, first out among equals.</summary>
internal sealed class WorkOrder : IComparer<WorkEntry>
{
    public static WorkOrder Instance { get; } = new();

    public int Compare(WorkEntry? x, WorkEntry? y)
    {
        var order = x!.Moment.CompareTo(y!.Moment);
        return order != 0 ? order : x.Sequence.CompareTo(y.Sequence);
    }
}
