using Messaging.Storage;
using Microsoft.Extensions.Options;

namespace Messaging.Gates;

/// <summary>Lets a recipient have only so many messages of a category. Reserves under the window's version, so that no two nodes go past the cap together.</summary>
internal sealed class FrequencyCapGate(CapStore store, IOptionsMonitor<FrequencyCapOptions> options) : ISendGate
{
    public string Name => "frequency_cap";

    public int Order => GateOrder.FrequencyCap;

    /// <summary>Counts at every claim; what is counted already passes.</summary>
    public GateRecheck Recheck => GateRecheck.Always;

    public ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        var current = options.CurrentValue;
        foreach (var candidate in batch.Candidates)
        {
            if (!current.Bypass.Contains(candidate.Category))
            {
                return DecideAsync(batch, GroupsOf(batch, current), cancellationToken);
            }
        }

        return default;
    }

    private static List<CapGroup> GroupsOf(GateBatch batch, FrequencyCapOptions options)
    {
        var groups = new Dictionary<(TenantId, string), CapGroup>();
        foreach (var candidate in batch.Candidates)
        {
            if (options.Bypass.Contains(candidate.Category))
            {
                continue;
            }

            var id = (candidate.Tenant, Key: CapGroup.KeyOf(candidate));
            if (!groups.TryGetValue(id, out var group))
            {
                var rule = options.Categories.TryGetValue(candidate.Category, out var own) ? own : null;
                groups[id] = group = new CapGroup(id.Tenant, id.Key, rule?.Limit ?? options.Limit, rule?.Period ?? options.Period);
            }

            group.Candidates.Add(candidate);
        }

        return [.. groups.Values];
    }

    /// <summary>Where somebody else counted at the same moment, decides once more.</summary>
    private async ValueTask DecideAsync(GateBatch batch, List<CapGroup> groups, CancellationToken cancellationToken)
    {
        var count = batch is { BeforeSend: true, DryRun: false };
        while (groups.Count > 0)
        {
            var windows = await store.ReadAsync(groups, cancellationToken).ConfigureAwait(false);
            var writes = new List<EntityChange>();
            var writers = new List<CapGroup>();
            foreach (var group in groups)
            {
                var window = windows.GetValueOrDefault((group.Tenant, group.Key));
                if (group.Decide(window?.Value, batch.Now, count) is { } changed)
                {
                    writes.Add(EntityChange.Put(changed, window?.Version ?? 0));
                    writers.Add(group);
                }
            }

            groups = await LosersAsync(writers, writes, batch.Now, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<List<CapGroup>> LosersAsync(
        List<CapGroup> writers, List<EntityChange> writes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (writes.Count == 0)
        {
            return [];
        }

        var written = await store.WriteAsync(writes, now, cancellationToken).ConfigureAwait(false);
        return [.. writers.Where((_, i) => !written[i])];
    }
}
