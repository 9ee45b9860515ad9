namespace Messaging.Storage.Memory;

/// <summary>Walks a chain of records from the newest to the oldest, by <c>foreach</c>.</summary>
internal ref struct StoryWalk(SlabHeap records, long newest)
{
    private long _next = newest;

    public StoryRecord Current { get; private set; }

    public readonly StoryWalk GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_next == 0)
        {
            return false;
        }

        Current = new StoryRecord(records.Read(_next));
        _next = Current.Previous;
        return true;
    }
}
