namespace Messaging.Storage.EfCore.Commit;

/// <summary>What a commit means, once for all relational stores: each change is checked against what stands, then applied, or left out. Not thread safe.</summary>
internal sealed class ChangeRules
{
    private readonly WorkingSet _set;
    private readonly ChangeCheck _check;
    private readonly Accepting _accepting;
    private readonly Reporting _reporting;
    private readonly Commanding _commanding;

    public ChangeRules(WorkingSet set)
    {
        _set = set;
        var (placing, storying) = (new Placing(set), new Storying(set));
        Settling = new Settling(set, placing, storying);
        _check = new ChangeCheck(set);
        _accepting = new Accepting(set, placing, storying, Settling);
        _reporting = new Reporting(set, storying, Settling);
        _commanding = new Commanding(set, placing, storying, Settling);
    }

    public Settling Settling { get; }

    /// <summary>Applies one change, or says why not.</summary>
    public ChangeResult Apply(Change change, IReadOnlyList<EntityImprint> entities)
    {
        if (_check.Check(change) is { Status: not ChangeStatus.Applied } refused)
        {
            return refused;
        }

        return _set.Entities.TryWrite(entities)
            ? new ChangeResult(ChangeStatus.Applied, Released: Apply(change))
            : new ChangeResult(ChangeStatus.VersionConflict);
    }

    private int Apply(Change change)
    {
        if (change.Accept is { } accept)
        {
            _accepting.Apply(accept);
        }

        foreach (var begin in change.Begins)
        {
            Settling.Begin(begin);
        }

        foreach (var settle in change.Settles)
        {
            Settling.Apply(settle);
        }

        foreach (var e in change.Events)
        {
            _reporting.Apply(e);
        }

        foreach (var command in change.Commands)
        {
            _commanding.Apply(command);
        }

        var released = change.Releases.Sum(_commanding.Apply);
        foreach (var drop in change.Drops)
        {
            _commanding.Apply(drop);
        }

        foreach (var item in change.Enqueues)
        {
            _accepting.Enqueue(item);
        }

        return released;
    }
}
