namespace Messaging.Dispatching;

/// <summary>What becomes of a piece of work.</summary>
internal readonly record struct WorkAnswer
{
    private WorkAnswer(bool settled, DateTimeOffset? dueAt, ReadOnlyMemory<byte>? payload) => (IsSettled, DueAt, Payload) = (settled, dueAt, payload);

    /// <summary>Nothing is left to do.</summary>
    public static WorkAnswer Done => default;

    /// <summary>The handler has settled it in a change of its own, or its lease is lost.</summary>
    public static WorkAnswer Settled { get; } = new(true, null, null);

    public bool IsSettled { get; }

    /// <summary>Gets when it is to be done again; <see langword="null"/> for never.</summary>
    public DateTimeOffset? DueAt { get; }

    /// <summary>Gets what takes the place of the item's payload, when it is to be done again.</summary>
    public ReadOnlyMemory<byte>? Payload { get; }

    /// <summary>It is to be done again.</summary>
    public static WorkAnswer Again(DateTimeOffset dueAt, ReadOnlyMemory<byte>? payload = null) => new(false, dueAt, payload);
}
