using Messaging.Storage;

namespace Messaging.Testing.Contracts.Storage.Model;

/// <summary>A delivery as the model knows it.</summary>
internal sealed class ModelDelivery(ModelMessage message, StoredDelivery stored)
{
    public ModelMessage Message { get; } = message;

    public StoredDelivery Stored { get; } = stored;

    public ModelWork? Work { get; set; }

    public Evidence Evidence { get; set; } = stored.Evidence;

    public ReadOnlyMemory<byte> Payload { get; set; } = stored.Payload;

    public bool Dropped { get; set; }

    public DateTimeOffset? SettledAt { get; set; }

    public Why? Why { get; set; } = stored.Why;

    public int Attempts { get; set; }

    public int TotalAttempts { get; set; }

    public int Generation { get; set; }

    public string? Account { get; set; }

    public string? ProviderId { get; set; }

    public bool CancelRequested { get; set; }

    public bool DeadLetter { get; set; } = stored.IsDeadLetter;

    public List<(DateTimeOffset At, TimelineType Type, MessageEventType Event, Why? Why)> Timeline { get; } =
        [(stored.AcceptedAt, TimelineType.Accepted, MessageEventType.Unknown, null)];

    public DeliveryStatus StatusAt(DateTimeOffset now) =>
        DeliveryStatusProjection.Project(StateAt(now), TotalAttempts, Evidence, Generation);

    /// <summary>A wait that has ended makes ready, whether or not anybody has looked since.</summary>
    public WorkState StateAt(DateTimeOffset now) => Work switch
    {
        null => WorkState.Done,
        { State: WorkState.Waiting } work when work.Due <= now => WorkState.Ready,
        var work => work.State,
    };
}
