namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>Sorts changes by the way they go.</summary>
internal static class CommitRoutes
{
    /// <summary>Returns the way that all changes of a call can go; a mixed call goes the general way, since its changes may build on one another.</summary>
    public static CommitRoute Of(IReadOnlyList<Change> changes)
    {
        var route = Of(changes[0]);
        var newest = changes[0].Accept?.Message;
        for (var i = 1; i < changes.Count && route != CommitRoute.General; i++)
        {
            route = Of(changes[i]) == route || (route == CommitRoute.Accept && Joins(changes[i], newest!)) ? route : CommitRoute.General;
            newest = changes[i].Accept?.Message ?? newest;
        }

        return route;
    }

    /// <summary>Returns whether a change adds deliveries to a message that was accepted right before it, as the items of a bulk do.</summary>
    private static bool Joins(Change change, StoredMessage message) =>
        HasNothingElse(change) && change is { Accept: { Message: null, Idempotency: null, Deliveries.Count: > 0 } accept, Settles.Count: 0 } && IsNew(accept, message);

    /// <summary>Returns the places of the usual settlements of a mixed call, if nothing else in it is about their deliveries.</summary>
    public static HashSet<int> Usual(IReadOnlyList<Change> changes)
    {
        var (usual, others) = (new HashSet<int>(), new HashSet<Guid>());
        for (var i = 0; i < changes.Count; i++)
        {
            if (Of(changes[i]) == CommitRoute.Settle)
            {
                usual.Add(i);
            }
            else if (changes[i].Drops.Count > 0)
            {
                return [];
            }
            else
            {
                Collect(changes[i], others);
            }
        }

        return usual.Count < changes.Count && usual.All(i => others.Add(changes[i].Settles[0].Lease.WorkId)) ? usual : [];
    }

    /// <summary>Returns whether there may be something to claim after these changes. Whoever is woken for nothing claims in vain, on every node, and what comes meanwhile waits behind that claim.</summary>
    public static bool MayBringWork(IReadOnlyList<Change> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            if (Of(changes[i]) != CommitRoute.Settle && !IsOnlyEntities(changes[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOnlyEntities(Change change) => change is
    {
        Accept: null, Settles.Count: 0, Events.Count: 0, Begins.Count: 0, Enqueues.Count: 0, Commands.Count: 0, Releases.Count: 0, Drops.Count: 0,
    };

    private static void Collect(Change change, HashSet<Guid> deliveries)
    {
        deliveries.UnionWith(change.Settles.Select(settle => settle.Lease.WorkId));
        deliveries.UnionWith(change.Begins.Select(begin => begin.Lease.WorkId));
        deliveries.UnionWith(change.Events.Select(e => e.DeliveryId.Value));
        deliveries.UnionWith(change.Commands.Select(command => command.DeliveryId.Value));
        deliveries.UnionWith(change.Accept?.Deliveries.Select(delivery => delivery.Id.Value) ?? []);
    }

    public static CommitRoute Of(Change change) =>
        !HasNothingElse(change) ? CommitRoute.General
        : change is { Accept: { Message: { } message } accept, Settles.Count: 0 } ? IsNew(accept, message) ? CommitRoute.Accept : CommitRoute.General
        : change is { Accept: null, Settles: [var settle] } && IsUsual(settle) ? CommitRoute.Settle
        : CommitRoute.General;

    /// <summary>Returns whether a change is about an acceptance and settlements at most.</summary>
    private static bool HasNothingElse(Change change) =>
        change is { Events.Count: 0, Begins.Count: 0, Enqueues.Count: 0, Commands.Count: 0, Releases.Count: 0, Drops.Count: 0, Entities.Count: 0 };

    private static bool IsNew(Acceptance accept, StoredMessage message)
    {
        for (var i = 0; i < accept.Deliveries.Count; i++)
        {
            if (accept.Deliveries[i].MessageId != message.Id || accept.Deliveries[i].Tenant != message.Tenant)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsUsual(Settlement settle) => settle is
    {
        Lease.Kind: WorkKind.Deliver,
        Next: WorkState.Done,
        Proves: MessageEventType.Submitted,
        Attempt: { Result: MessageEventType.Submitted, ProviderCode: null, ProviderText: null },
        Why: null,
        At.UtcTicks: > 0,
        DeadLetter: false,
        HandBack: false,
        Payload: null,
    };
}
