using System.Collections.Concurrent;

namespace Messaging.Gates;

/// <summary>The zones in use under one set of options.</summary>
internal sealed class QuietZones(QuietHoursOptions options)
{
    /// <summary>There are some 600 zones; what is asked beyond that is made up.</summary>
    private const int Most = 2000;

    private readonly ConcurrentDictionary<string, QuietZone?> _zones = new(StringComparer.Ordinal);

    public QuietHoursOptions Options => options;

    /// <summary>Returns the recipient's zone, or that of all when there is none of that name.</summary>
    public QuietZone Of(GateCandidate candidate) => Find(candidate.TimeZone) ?? Find(options.TimeZone)!;

    private QuietZone? Find(string? id)
    {
        if (id is null)
        {
            return null;
        }

        if (_zones.TryGetValue(id, out var known))
        {
            return known;
        }

        var made = TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? new QuietZone(zone, options.From, options.To) : null;
        return _zones.Count < Most ? _zones.GetOrAdd(id, made) : made;
    }
}
