using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>Takes in what providers report.</summary>
internal sealed class Reporting(WorkingSet set, Storying storying, Settling settling)
{
    private static readonly Why Quarantined =
        new(WhyCodes.Quarantined, "The report is about something that was never handed to a provider; it proves nothing.");

    public void Apply(StoredEvent e)
    {
        var key = Codes.HashOf(e.Key);
        if (set.EventKeys.Find(key) is not null)
        {
            return;
        }

        set.EventKeys.Add(key, new EventKeyRow { Hash = key, DeliveryId = e.DeliveryId.Value });
        storying.Add(e, e.Quarantined ? Quarantined : null);
        if (e.Quarantined)
        {
            return;
        }

        var state = set.StateOf(set.Deliveries.Find(e.DeliveryId.Value)!);
        var evidence = EvidenceBytes.Read(state.Evidence);
        state.Evidence = EvidenceBytes.Write(evidence.With(e.Type, e.OccurredAt, e.Generation ?? state.Generation));
        settling.UpdateStatus(state);
    }
}
