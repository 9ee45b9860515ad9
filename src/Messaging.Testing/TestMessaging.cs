using Messaging.Channels;
using Messaging.Storage;
using Messaging.Testing.Internal;

namespace Messaging.Testing;

/// <summary>A test's hands on a host that uses <c>AddMessagingTesting()</c>: what was sent, what channels answer, and how time goes. Safe for concurrent use; several hosts do not meet.</summary>
public sealed partial class TestMessaging : IDisposable
{
    private readonly CaptureLog _log;
    private readonly Script _script;
    private readonly TestClock _clock;
    private readonly IMessageDispatcher _dispatcher;
    private readonly IWorkQueue _queue;
    private readonly IInboundSink _sink;
    private readonly IMessageIntake _intake;

    internal TestMessaging(
        CaptureLog log, Script script, TestClock clock, IMessageDispatcher dispatcher, IWorkQueue queue, IInboundSink sink, IMessageIntake intake) =>
        (_log, _script, _clock, _dispatcher, _queue, _sink, _intake) = (log, script, clock, dispatcher, queue, sink, intake);

    /// <summary>Gets what the host's clock shows.</summary>
    public DateTimeOffset Now => _clock.Time.GetUtcNow();

    /// <summary>Gets what channels took, in order.</summary>
    public IReadOnlyList<SentMessage> Sent => [.. _log.Attempts.Where(attempt => attempt.Result is SendResult.Accepted)];

    /// <summary>Gets every call of a channel, in order, whatever it answered.</summary>
    public IReadOnlyList<SentMessage> Attempts => _log.Attempts;

    /// <summary>Returns what channels took of one kind, in order.</summary>
    public IReadOnlyList<T> All<T>()
        where T : SentMessage => [.. Sent.OfType<T>()];

    /// <summary>Returns the one message of a kind that channels took.</summary>
    /// <param name="match">Which one is meant; <see langword="null"/> means any.</param>
    /// <exception cref="TestMessagingException">There is none, or more than one; the text lists what there is.</exception>
    public T Single<T>(Func<T, bool>? match = null)
        where T : SentMessage
    {
        var found = All<T>().Where(match ?? (_ => true)).ToList();
        return found.Count == 1 ? found[0] : throw new TestMessagingException(Unexpected<T>(match is not null, found));
    }

    /// <summary>Answers the next call of any channel with a result. Several calls queue up.</summary>
    public void FailNext(SendResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _script.Enqueue(result);
    }

    /// <summary>Begins a rule for what channels answer to some messages; the newest that applies wins.</summary>
    /// <param name="account">The account; <see langword="null"/> means any.</param>
    /// <param name="kind">The medium; <see langword="null"/> means any.</param>
    /// <param name="recipient">The recipient's address, in canonical form; <see langword="null"/> means any.</param>
    /// <param name="match">What else must hold.</param>
    public ChannelRule When(string? account = null, string? kind = null, string? recipient = null, Func<SentMessage, bool>? match = null)
    {
        var rule = new ChannelRule(message =>
            (account is null || message.Account == account)
            && (kind is null || message.Kind == kind)
            && (recipient is null || message.To == recipient)
            && (match is null || match(message)));
        _script.Add(rule);
        return rule;
    }

    /// <summary>Forgets what was captured and what was scripted. What is stored, and the time, stay.</summary>
    public void Reset()
    {
        _log.Clear();
        _script.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private string Unexpected<T>(bool matched, List<T> found)
        where T : SentMessage
    {
        var wanted = $"Expected one {typeof(T).Name}{(matched ? " that matches" : "")}, but ";
        return found.Count > 0
            ? $"{wanted}{found.Count} were sent:{List(found)}"
            : $"{wanted}none was sent. {Describe()}";
    }

    private string Describe()
    {
        var attempts = _log.Attempts;
        var calls = attempts.Count == 0 ? "No channel was called at all." : $"Channels got:{List(attempts)}";
        var depth = _queue.MeasureAsync(CancellationToken.None);
        return depth.IsCompletedSuccessfully ? $"{calls}{Environment.NewLine}{Describe(depth.Result)}" : calls;
    }

    private static string Describe(QueueDepth depth)
    {
        var next = depth.NextDue is { } due ? $", the next at {due:yyyy-MM-dd HH:mm:ss}Z" : "";
        return $"Work: {depth.Ready} ready, {depth.Waiting} waiting{next}, {depth.Parked} held. "
            + "DrainAsync() does what is ready, AdvanceAsync(…) reaches what waits; the timeline of a delivery (IMessageHistory) says why it is held.";
    }

    private static string List(IEnumerable<SentMessage> messages) =>
        string.Concat(messages.Select((message, i) => $"{Environment.NewLine}  {i + 1}. {message}"));
}
