using Messaging.Channels;

namespace Messaging.Testing.Internal;

/// <summary>What the channels of one host answer. Safe for concurrent use.</summary>
internal sealed class Script
{
    private readonly Lock _gate = new();
    private readonly Queue<SendResult> _next = [];
    private readonly List<ChannelRule> _rules = [];

    public void Enqueue(SendResult result)
    {
        lock (_gate)
        {
            _next.Enqueue(result);
        }
    }

    public void Add(ChannelRule rule)
    {
        lock (_gate)
        {
            _rules.Add(rule);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _next.Clear();
            _rules.Clear();
        }
    }

    /// <summary>Returns how to answer: as told for the next call, else by the newest rule that applies, else by taking the message.</summary>
    public Func<SentMessage, SendResult> AnswerTo(SentMessage message)
    {
        lock (_gate)
        {
            if (_next.TryDequeue(out var result))
            {
                return _ => result;
            }

            for (var i = _rules.Count - 1; i >= 0; i--)
            {
                if (_rules[i].TryUse(message) is { } answer)
                {
                    return answer;
                }
            }
        }

        return static taken => new SendResult.Accepted($"test-{taken.DeliveryId}-{taken.Attempt}");
    }
}
