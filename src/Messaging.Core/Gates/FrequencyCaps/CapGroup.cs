using System.Security.Cryptography;
using System.Text;

namespace Messaging.Gates;

/// <summary>Deliveries of one batch that count against the same cap.</summary>
internal sealed class CapGroup(TenantId tenant, string key, int limit, TimeSpan period)
{
    public TenantId Tenant => tenant;

    public string Key => key;

    public List<GateCandidate> Candidates { get; } = [];

    public static string KeyOf(GateCandidate candidate)
    {
        var who = candidate.ContactId is { } contact ? SuppressionKeys.Of(contact) : SuppressionKeys.Of(candidate.Address);
        return $"{candidate.Category}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(who)).AsSpan(0, 16))}";
    }

    /// <summary>Decides for every candidate.</summary>
    /// <returns>What must be written for it to hold; <see langword="null"/> for nothing.</returns>
    public CapWindow? Decide(CapWindow? window, DateTimeOffset now, bool count)
    {
        var counter = new CapCount(window, limit, period, now);
        foreach (var candidate in Candidates)
        {
            candidate.Reset();
            if (counter.Ask(candidate.DeliveryId, count) is { } until)
            {
                candidate.Defer(new Why(WhyCodes.FrequencyCap, Text(candidate.Category), until));
            }
        }

        return counter.Changed ? new CapWindow { Tenant = tenant, Key = key, Entries = [.. counter.Entries], Ends = now + period } : null;
    }

    private string Text(string category) => $"The recipient got {limit} messages of category '{category}' within {Describe(period)}, as many as the cap allows.";

    private static string Describe(TimeSpan time) => time.TotalDays >= 1 ? $"{time.TotalDays:0.#} days" : $"{time.TotalHours:0.##} hours";
}
