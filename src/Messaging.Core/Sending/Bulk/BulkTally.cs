namespace Messaging.Sending;

/// <summary>Counts what becomes of a bulk.</summary>
internal sealed class BulkTally
{
    /// <summary>Gets or sets how many items were read: the position of the next one.</summary>
    public long Read { get; set; }

    public long Accepted { get; set; }

    public long Duplicates { get; set; }

    public long Suppressed { get; set; }

    public long Refused { get; set; }

    public BulkReceipt Receipt(MessageId message) => new(message, Accepted, Duplicates, Suppressed, Refused);
}
