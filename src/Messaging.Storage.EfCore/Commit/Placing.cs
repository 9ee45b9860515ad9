using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>Puts work where it belongs in the queue.</summary>
internal sealed class Placing(WorkingSet set)
{
    /// <summary>Adds new work.</summary>
    public WorkRow Add(WorkKind kind, Guid id, string tenant, MessagePriority lane, WorkState state, long due, string? parkKey)
    {
        var work = new WorkRow { Id = id, Kind = (short)kind, Tenant = tenant, Lane = (short)lane, Plain = true };
        Enter(work, state, due, parkKey);
        set.Work.Add((work.Kind, id), work);
        return work;
    }

    /// <summary>Moves work to another state, where it stands at the end.</summary>
    public void Move(WorkRow work, WorkState state, long due, string? parkKey)
    {
        Enter(work, state, due, parkKey);
        set.Touch(work);
    }

    /// <summary>Puts claimed work back where it stood.</summary>
    public void HandBack(WorkRow work)
    {
        work.State = (short)WorkState.Ready;
        set.Touch(work);
    }

    /// <summary>Puts work whose claim has ended back where it stood.</summary>
    public void Lose(WorkRow work)
    {
        Forget(work);
        HandBack(work);
    }

    /// <summary>Forgets a claim that has ended: the work waits since then, and what became of a call that was begun is unknown.</summary>
    public static void Forget(WorkRow work)
    {
        work.Since = work.ClaimedAt;
        work.Call = (short)(work.Call == (short)CallMark.None ? CallMark.None : CallMark.Lost);
    }

    private void Enter(WorkRow work, WorkState state, long due, string? parkKey)
    {
        var waits = state == WorkState.Waiting && due > set.Now;
        var enters = waits || state == WorkState.Parked ? state : WorkState.Ready;
        work.State = (short)enters;
        work.DueAt = waits ? due : set.Now;
        work.Since = set.Now;
        work.Place = set.NextPlace();
        work.Turn = enters == WorkState.Ready ? set.Turns.Next(work.Lane, work.Tenant) : 0;
        work.ParkKey = enters == WorkState.Parked ? parkKey ?? "" : null;
    }
}
