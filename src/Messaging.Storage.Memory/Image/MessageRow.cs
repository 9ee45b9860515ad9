namespace Messaging.Storage.Memory;

/// <summary>A message. Instants are UTC ticks, texts are numbers of <see cref="Names"/>, bytes are places in slabs.</summary>
internal struct MessageRow
{
    public Guid Id;
    public long AcceptedAt;

    /// <summary>0 means never.</summary>
    public long ExpiresAt;
    public long Payload;
    public long Reference;
    public int Tenant;
    public int Category;
    public int Template;

    /// <summary>The delivery that came last; the others follow by <see cref="DeliveryRow.OfMessage"/>.</summary>
    public int Newest;
    public int Deliveries;

    /// <summary>How many deliveries are not done.</summary>
    public int Open;
    public MessageFlags Flags;

    public readonly bool Has(MessageFlags flag) => (Flags & flag) != 0;
}
