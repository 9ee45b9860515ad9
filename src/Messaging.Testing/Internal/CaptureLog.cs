namespace Messaging.Testing.Internal;

/// <summary>Everything that the channels of one host got. Safe for concurrent use.</summary>
internal sealed class CaptureLog
{
    private readonly Lock _gate = new();
    private readonly List<SentMessage> _attempts = [];

    public IReadOnlyList<SentMessage> Attempts
    {
        get
        {
            lock (_gate)
            {
                return [.. _attempts];
            }
        }
    }

    public void Add(SentMessage attempt)
    {
        lock (_gate)
        {
            _attempts.Add(attempt);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _attempts.Clear();
        }
    }
}
