namespace Messaging.Storage.Memory;

/// <summary>A piece of work that is not done. Instants are UTC ticks, 0 is none.</summary>
internal struct WorkRow
{
    public long Due;

    /// <summary>Since when it stands where it stands; a claim does not count.</summary>
    public long Since;
    public long ClaimedAt;
    public long Fence;

    /// <summary>Breaks ties of <see cref="Due"/>: first in, first out.</summary>
    public long Sequence;

    /// <summary>The delivery's row, or the item's.</summary>
    public int Subject;
    public int Tenant;

    /// <summary>The neighbours in a line or among what is parked; in a heap, <see cref="Next"/> is the place.</summary>
    public int Next;
    public int Previous;
    public int Claims;
    public int Park;
    public byte Kind;
    public byte Lane;
    public byte State;
    public CallMark Call;

    public readonly WorkState Stands => (WorkState)State;
}
