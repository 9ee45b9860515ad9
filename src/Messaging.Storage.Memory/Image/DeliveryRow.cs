namespace Messaging.Storage.Memory;

/// <summary>A delivery, for as long as it is kept. Instants are UTC ticks, texts are numbers of <see cref="Names"/>, bytes are places in slabs, 0 is none.</summary>
internal struct DeliveryRow
{
    public Guid Id;

    /// <summary>The place in the order of acceptance.</summary>
    public long Number;
    public long AcceptedAt;

    /// <summary>When its work ended, once it is done.</summary>
    public long SettledAt;

    /// <summary>What was fixed at accept and is not asked for often; see <see cref="Facts"/>.</summary>
    public long Facts;
    public long Payload;

    /// <summary>The newest record of the timeline; see <see cref="StoryBook"/>.</summary>
    public long Story;
    public long ProviderId;

    /// <summary>Evidence in its usual, short form; see <see cref="EvidenceCells"/>.</summary>
    public long FirstFactAt;
    public long SecondFactAt;

    /// <summary>How many ticks before its settlement the only call began, see <see cref="DeliveryFlags.OneCall"/>.</summary>
    public int CallBefore;

    /// <summary>How many ticks that call took.</summary>
    public int CallTook;
    public int Message;

    /// <summary>The work in the queue; none when it is done.</summary>
    public int Work;
    public int Channel;

    /// <summary>The cell of statistics in which it is counted; says tenant, kind and account.</summary>
    public int Bucket;
    public Link OfTenant;
    public Link OfMessage;
    public Link OfReference;
    public Link OfContact;
    public Link OfAddress;
    public ushort Attempts;
    public ushort TotalAttempts;
    public ushort Generation;
    public byte FirstFact;
    public byte SecondFact;
    public byte Priority;
    public byte Status;
    public DeliveryFlags Flags;

    public readonly bool Has(DeliveryFlags flag) => (Flags & flag) != 0;

    public void Set(DeliveryFlags flag, bool value) => Flags = value ? Flags | flag : Flags & ~flag;
}
