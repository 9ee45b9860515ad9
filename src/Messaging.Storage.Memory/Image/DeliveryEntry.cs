namespace Messaging.Storage.Memory;

internal sealed class DeliveryEntry(MessageEntry message, StoredDelivery stored, long number)
{
    public MessageEntry Message { get; } = message;

    public StoredDelivery Stored { get; set; } = stored;

    /// <summary>The place in the order of acceptance.</summary>
    public long Number { get; } = number;

    /// <summary>The work in the queue; <see langword="null"/> when it is done.</summary>
    public WorkEntry? Work { get; set; }

    public Evidence Evidence { get; set; } = stored.Evidence;

    public DateTimeOffset SettledAt { get; set; }

    public Why? Why { get; set; } = stored.Why;

    public int Attempts { get; set; }

    public int TotalAttempts { get; set; }

    public int Generation { get; set; }

    public string? Account { get; set; }

    public string? ProviderId { get; set; }

    public bool CancelRequested { get; set; }

    public bool DeadLetter { get; set; }

    public bool PayloadDropped { get; set; }

    public List<TimelineEntry> Timeline { get; } = [new(stored.AcceptedAt, TimelineType.Accepted)];

    public bool Done => Work is null;

    public DeliveryStatus Status =>
        DeliveryStatusProjection.Project(Work?.State ?? WorkState.Done, TotalAttempts, Evidence, Generation);

    public DeliveryRecord ToRecord() => new(Message.Message, Stored, ToState());

    public DeliveryRecord ToClaimed() =>
        new(Message.Message, Stored, ToState() with { Work = WorkState.Ready, DueAt = Work!.Due, Since = Work.Since });

    public DeliverySummary ToSummary() => new()
    {
        Id = Stored.Id,
        MessageId = Stored.MessageId,
        Tenant = Stored.Tenant,
        Kind = Stored.Address.Kind,
        Account = Account ?? Stored.Channel,
        Category = Message.Message.Category,
        Priority = Stored.Priority,
        Template = Message.Message.Template,
        ContactId = Stored.ContactId,
        Reference = Stored.Reference,
        Status = Status,
        Why = Why,
        Attempts = TotalAttempts,
        AcceptedAt = Stored.AcceptedAt,
        DueAt = Work?.Moment,
        SettledAt = Done ? SettledAt : null,
        ProviderId = ProviderId,
    };

    private DeliveryState ToState() => new()
    {
        Work = Work?.State ?? WorkState.Done,
        DueAt = Work?.Moment ?? default,
        Since = Work is null ? SettledAt : Work.State == WorkState.Leased ? Work.ClaimedAt : Work.Since,
        Why = Why,
        Attempts = Attempts,
        TotalAttempts = TotalAttempts,
        AttemptBegan = Work is { BeganFence: not 0 } && Work.BeganFence != Work.Fence,
        Generation = Generation,
        Evidence = Evidence,
        Account = Account,
        ProviderId = ProviderId,
        SettledAt = Done ? SettledAt : null,
        CancelRequested = CancelRequested,
        DeadLetter = DeadLetter,
    };
}
