using Messaging.Channels;

namespace Messaging.Dispatching;

/// <summary>How a call ended.</summary>
/// <param name="Result">The answer; <see langword="null"/> when it was cancelled before the first byte left.</param>
/// <param name="Elapsed">How long it took.</param>
internal readonly record struct ChannelAnswer(SendResult? Result, TimeSpan Elapsed)
{
    /// <summary>Gets the answer in a word, for metrics and traces.</summary>
    public string Outcome => Result switch
    {
        SendResult.Accepted => "accepted",
        SendResult.Rejected => "rejected",
        SendResult.Throttled => "throttled",
        SendResult.NotSent => "not_sent",
        _ => "unconfirmed",
    };
}
