namespace Messaging.Crash.Counting;

/// <summary>One mail that the sink took.</summary>
/// <param name="Life">In which life of the sender its connection was made.</param>
/// <param name="MessageId">Its Message-ID.</param>
/// <param name="At">When its end arrived, as a timestamp of the stopwatch.</param>
public readonly record struct Arrival(int Life, string MessageId, long At);
