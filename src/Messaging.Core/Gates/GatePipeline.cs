namespace Messaging.Gates;

/// <summary>Asks the gates in their order. Allocates nothing as long as everything passes.</summary>
internal sealed class GatePipeline : IGatePipeline
{
    private readonly ISendGate[] _all;
    private readonly ISendGate[] _always;

    public GatePipeline(IEnumerable<ISendGate> gates)
    {
        _all = [.. gates.OrderBy(gate => gate.Order)];
        _always = [.. _all.Where(gate => gate.Recheck == GateRecheck.Always)];
        ThrowIfAmbiguous();
    }

    public ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken) => AskAsync(_all, 0, batch, cancellationToken);

    public ValueTask RecheckAsync(GateBatch batch, bool waited, CancellationToken cancellationToken)
    {
        var gates = waited ? _all : _always;
        return gates.Length == 0 ? default : AskAsync(gates, 0, BeforeSend(batch), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<GateVerdict>> ExplainAsync(GateCandidate candidate, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var batch = new GateBatch([candidate], now, dryRun: true);
        var verdicts = new GateVerdict[_all.Length];
        for (var i = 0; i < _all.Length; i++)
        {
            candidate.Reset();
            await _all[i].EvaluateAsync(batch, cancellationToken).ConfigureAwait(false);
            verdicts[i] = new GateVerdict(_all[i].Name, candidate.Outcome, candidate.Why);
        }

        candidate.Reset();
        return verdicts;
    }

    private static GateBatch BeforeSend(GateBatch batch) =>
        batch.BeforeSend ? batch : new GateBatch(batch.Candidates, batch.Now, batch.DryRun, beforeSend: true);

    /// <summary>Stays synchronous while the gates do: the stores in memory answer at once.</summary>
    private static ValueTask AskAsync(ISendGate[] gates, int first, GateBatch batch, CancellationToken cancellationToken)
    {
        for (var i = first; i < gates.Length && batch.Candidates.Count > 0; i++)
        {
            var asked = gates[i].EvaluateAsync(batch, cancellationToken);
            if (!asked.IsCompletedSuccessfully)
            {
                return FinishAsync(asked, gates, i, batch, cancellationToken);
            }

            asked.GetAwaiter().GetResult();
            batch = Remaining(gates[i], batch);
        }

        return default;
    }

    private static async ValueTask FinishAsync(ValueTask asked, ISendGate[] gates, int i, GateBatch batch, CancellationToken cancellationToken)
    {
        if (i + 1 < gates.Length && gates[i + 1] is IMarkedGate marked)
        {
            // The store answers over a wire: both reads are under way at once.
            var mark = marked.IsMarkedAsync(batch, cancellationToken).AsTask();
            await Task.WhenAll(asked.AsTask(), mark).ConfigureAwait(false);
            var next = await mark.ConfigureAwait(false) ? i + 1 : i + 2;
            await AskAsync(gates, next, Remaining(gates[i], batch), cancellationToken).ConfigureAwait(false);
            return;
        }

        await asked.ConfigureAwait(false);
        await AskAsync(gates, i + 1, Remaining(gates[i], batch), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns what the gate let pass: the same batch when that is everything.</summary>
    private static GateBatch Remaining(ISendGate gate, GateBatch batch)
    {
        var candidates = batch.Candidates;
        List<GateCandidate>? passed = null;
        for (var i = 0; i < candidates.Count; i++)
        {
            var candidate = candidates[i];
            if (candidate.Outcome == GateOutcome.Pass)
            {
                passed?.Add(candidate);
                continue;
            }

            NameParkKey(gate, candidate);
            passed ??= FirstOf(candidates, i);
        }

        return passed is null ? batch : new GateBatch(passed, batch.Now, batch.DryRun, batch.BeforeSend);
    }

    private static void NameParkKey(ISendGate gate, GateCandidate candidate)
    {
        if (candidate is { Outcome: GateOutcome.Defer, ParkKey: null, Why: { Until: null } why })
        {
            candidate.Defer(why, ParkKeys.Gate(gate.Name));
        }
    }

    private static List<GateCandidate> FirstOf(IReadOnlyList<GateCandidate> candidates, int count)
    {
        var first = new List<GateCandidate>(candidates.Count - 1);
        for (var i = 0; i < count; i++)
        {
            first.Add(candidates[i]);
        }

        return first;
    }

    private void ThrowIfAmbiguous()
    {
        if (_all.GroupBy(gate => gate.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException(
                $"Two gates are called '{twice.Key}': {string.Join(", ", twice.Select(gate => gate.GetType().Name))}. Verdicts are shown under the name; give each gate its own.");
        }
    }
}
