using Messaging.Channels;

namespace Messaging.Testing;

/// <summary>What channels answer to some messages. Made by <see cref="TestMessaging.When"/>; without an answer it takes the message. Not for use by several threads while it is set up.</summary>
public sealed class ChannelRule
{
    private readonly Func<SentMessage, bool> _applies;
    private Func<SentMessage, SendResult>? _answer;
    private int _left = int.MaxValue;

    internal ChannelRule(Func<SentMessage, bool> applies) => _applies = applies;

    /// <summary>Answers with a result.</summary>
    public ChannelRule Returns(SendResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Returns(_ => result);
    }

    /// <summary>Answers with a result that depends on the message.</summary>
    public ChannelRule Returns(Func<SentMessage, SendResult> answer)
    {
        _answer = answer ?? throw new ArgumentNullException(nameof(answer));
        return this;
    }

    /// <summary>Throws, as a channel does that breaks: whether the provider has the message is then unknown.</summary>
    public ChannelRule Throws(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Returns(_ => throw exception);
    }

    /// <summary>Applies so many times, and then no more.</summary>
    /// <param name="count">1 or more.</param>
    public ChannelRule Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _left = count;
        return this;
    }

    /// <summary>Returns the answer and uses the rule up by one; <see langword="null"/> when it does not apply.</summary>
    internal Func<SentMessage, SendResult>? TryUse(SentMessage message)
    {
        if (_answer is null || _left == 0 || !_applies(message))
        {
            return null;
        }

        _left -= _left == int.MaxValue ? 0 : 1;
        return _answer;
    }
}
