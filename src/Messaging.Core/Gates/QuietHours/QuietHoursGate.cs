using Microsoft.Extensions.Options;

namespace Messaging.Gates;

/// <summary>Leaves people in peace at night.</summary>
internal sealed class QuietHoursGate : ISendGate, IDisposable
{
    private readonly IDisposable? _changes;
    private QuietZones _zones;

    public QuietHoursGate(IOptionsMonitor<QuietHoursOptions> options)
    {
        _zones = new QuietZones(options.CurrentValue);
        _changes = options.OnChange(changed => Volatile.Write(ref _zones, new QuietZones(changed)));
    }

    public string Name => "quiet_hours";

    public int Order => GateOrder.QuietHours;

    public GateRecheck Recheck => GateRecheck.AfterWait;

    public ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        var zones = Volatile.Read(ref _zones);
        foreach (var candidate in batch.Candidates)
        {
            if (!Bypasses(candidate, zones.Options) && zones.Of(candidate).Ask(batch.Now) is { } why)
            {
                candidate.Defer(why);
            }
        }

        return default;
    }

    public void Dispose() => _changes?.Dispose();

    private static bool Bypasses(GateCandidate candidate, QuietHoursOptions options) =>
        (options.CriticalBypasses && candidate.Priority == MessagePriority.Critical)
        || options.Bypass.Contains(candidate.Category)
        || (options.Kinds.Count > 0 && !options.Kinds.Contains(candidate.Address.Kind));
}
