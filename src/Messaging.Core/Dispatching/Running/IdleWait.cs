namespace Messaging.Dispatching;

/// <summary>Slows down claims that find nothing again and again although the queue says that there is work: it may be others' work.</summary>
internal sealed class IdleWait(TimeProvider time)
{
    private const int Patience = 3;
    private const int LongestShift = 6;
    private int _empty;

    public ValueTask AfterAsync(int claimed, CancellationToken cancellationToken)
    {
        _empty = claimed > 0 ? 0 : _empty + 1;
        return _empty <= Patience
            ? default
            : new ValueTask(Task.Delay(TimeSpan.FromMilliseconds(1 << Math.Min(_empty - Patience, LongestShift)), time, cancellationToken));
    }
}
