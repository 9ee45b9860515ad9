namespace Messaging.Receiving;

/// <summary>How the host's <see cref="IMessageEventHandler"/>s are called.</summary>
public sealed class EventHandlerOptions
{
    /// <summary>Gets or sets how often an event is offered to a handler that throws.</summary>
    /// <value>Between 1 and 100; the default is 12, which takes about a day.</value>
    public int MaxAttempts { get; set; } = 12;

    /// <summary>Gets or sets the wait after the first failure; twice as long after each further one.</summary>
    /// <value>Between 1 s and 1 h; the default is 10 s.</value>
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the longest wait.</summary>
    /// <value>Between 1 s and 24 h; the default is 4 h.</value>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromHours(4);
}
