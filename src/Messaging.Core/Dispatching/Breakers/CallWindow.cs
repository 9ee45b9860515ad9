namespace Messaging.Dispatching;

/// <summary>Counts an account's calls on this node over a sliding time: the current span and the one before it.</summary>
internal sealed class CallWindow
{
    private readonly Lock _gate = new();
    private DateTimeOffset _start;
    private int _calls;
    private int _failures;
    private int _callsBefore;
    private int _failuresBefore;

    public void Succeeded() => Interlocked.Increment(ref _calls);

    /// <summary>Counts a failure.</summary>
    /// <returns>Whether that makes enough of them, and half of all calls.</returns>
    public bool Failed(int most, TimeSpan window, DateTimeOffset now)
    {
        lock (_gate)
        {
            Roll(window, now);
            _calls++;
            _failures++;
            var (calls, failures) = (_calls + _callsBefore, _failures + _failuresBefore);
            return failures >= most && failures * 2 >= calls;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            (_calls, _failures, _callsBefore, _failuresBefore) = (0, 0, 0, 0);
        }
    }

    private void Roll(TimeSpan window, DateTimeOffset now)
    {
        var spans = (now - _start) / window;
        if (spans >= 1)
        {
            (_callsBefore, _failuresBefore) = spans < 2 ? (_calls, _failures) : (0, 0);
            (_calls, _failures, _start) = (0, 0, now);
        }
    }
}
