namespace Messaging.Crash.Child;

/// <summary>The numbers that callers send, each once: first those of an earlier life, then new ones. Safe for concurrent use.</summary>
internal sealed class Numbers(SenderOptions options)
{
    private int _next = -1;

    public bool TryTake(out int number)
    {
        var i = Interlocked.Increment(ref _next);
        number = i < options.Again.Count ? options.Again[i] : options.First + (i - options.Again.Count);
        return i - options.Again.Count < options.Count;
    }
}
