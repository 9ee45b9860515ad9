namespace Messaging.Storage;

/// <summary>For those who write a store: refuses wrong use before anything is applied.</summary>
public static class ChangeArguments
{
    /// <summary>Throws when a change says what no store can do, such as accept a delivery that is leased.</summary>
    /// <exception cref="ArgumentException">A change is wrong; the text names the field and the cure.</exception>
    public static void Check(IReadOnlyList<Change> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i] ?? throw new ArgumentException("A change is null. Leave it out instead.", nameof(changes));
            if (change.Accept is { } accept)
            {
                Check(accept);
            }

            Check(change);
        }
    }

    private static void Check(Acceptance accept)
    {
        if (accept is { Message: null, Deliveries.Count: 0 })
        {
            throw new ArgumentException("An acceptance has neither a message nor deliveries. Give it one of them, or leave Accept null.", nameof(accept));
        }

        for (var i = 0; i < accept.Deliveries.Count; i++)
        {
            if (accept.Deliveries[i].Work == WorkState.Leased)
            {
                throw new ArgumentException("StoredDelivery.Work is Leased, and a lease begins with a claim. Start it Ready, Waiting, Parked or Done.", nameof(accept));
            }
        }
    }

    private static void Check(Change change)
    {
        for (var i = 0; i < change.Settles.Count; i++)
        {
            if (change.Settles[i].Next == WorkState.Leased)
            {
                throw new ArgumentException("Settlement.Next is Leased. To keep a claim, extend it; to end it, name where the work goes.", nameof(change));
            }
        }

        for (var i = 0; i < change.Enqueues.Count; i++)
        {
            if (change.Enqueues[i].Kind == WorkKind.Deliver)
            {
                throw new ArgumentException("WorkItem.Kind is Deliver, but a delivery is its own work. Accept it instead.", nameof(change));
            }
        }
    }
}
