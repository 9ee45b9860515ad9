namespace Messaging.Sending;

/// <summary>Remembers which staged messages could not be tried, so that they neither block the others nor are tried without a pause. Not safe for concurrent use.</summary>
internal sealed class IntakePatience(TimeProvider time)
{
    private const int Most = 1_000;
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    /// <summary>What does not come up again for that long after its pause was dealt with by another node.</summary>
    private static readonly TimeSpan s_gone = TimeSpan.FromMinutes(5);

    private readonly Dictionary<MessageId, (DateTimeOffset Since, DateTimeOffset Next, int Tries)> _failing = [];

    /// <summary>Returns what is to be left where it is for now.</summary>
    public IReadOnlyCollection<MessageId> Waiting()
    {
        var now = time.GetUtcNow();
        var waiting = new List<MessageId>(_failing.Count);
        foreach (var (id, entry) in _failing)
        {
            if (entry.Next > now)
            {
                waiting.Add(id);
            }
            else if (now - entry.Next > s_gone)
            {
                _failing.Remove(id);
            }
        }

        return waiting;
    }

    /// <summary>Notes that a message could not be tried.</summary>
    public void Failed(MessageId id)
    {
        var now = time.GetUtcNow();
        var entry = _failing.TryGetValue(id, out var known) ? known : (Since: now, Next: now, Tries: 0);
        var wait = TimeSpan.FromMilliseconds(500 << Math.Min(entry.Tries, 10));
        if (_failing.Count < Most || entry.Tries > 0)
        {
            _failing[id] = (entry.Since, now + (wait < s_longest ? wait : s_longest), entry.Tries + 1);
        }
    }

    /// <summary>Notes that a message is dealt with, here or on another node.</summary>
    public void Done(MessageId id) => _failing.Remove(id);

    /// <summary>Returns whether a message was tried for longer than that.</summary>
    public bool IsOver(MessageId id, TimeSpan giveUpAfter) =>
        _failing.TryGetValue(id, out var entry) && entry.Tries > 1 && time.GetUtcNow() - entry.Since >= giveUpAfter;
}
