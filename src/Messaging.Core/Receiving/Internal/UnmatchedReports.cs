using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Messaging.Storage;

namespace Messaging.Receiving;

/// <summary>Keeps reports that found no delivery: a provider may be faster than our own commit.</summary>
internal static class UnmatchedReports
{
    /// <summary>How long a report looks for its delivery.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromHours(72);

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    /// <summary>Makes the work of looking again. Its id follows from the report's key, so that a repeated report waits once.</summary>
    public static Change Keep(ProviderEvent report, DateTimeOffset now) => new()
    {
        Enqueues =
        [
            new WorkItem
            {
                Id = IdOf(report),
                Kind = WorkKind.ApplyInbound,
                Tenant = report.Tenant ?? EntitySchema.SharedTenant,
                Priority = MessagePriority.High,
                DueAt = now + s_first,
                Payload = JsonSerializer.SerializeToUtf8Bytes(new UnmatchedReport { Event = report, ReceivedAt = now }, ReceivingJson.Default.UnmatchedReport),
            },
        ],
    };

    public static UnmatchedReport? Read(WorkItem item) => JsonSerializer.Deserialize(item.Payload.Span, ReceivingJson.Default.UnmatchedReport);

    /// <summary>Returns when to look again: half as late as the report is old.</summary>
    public static DateTimeOffset? Next(UnmatchedReport report, DateTimeOffset now)
    {
        var age = now - report.ReceivedAt;
        var wait = age / 2 < s_first ? s_first : age / 2 > s_longest ? s_longest : age / 2;
        return age >= KeepFor ? null : now + wait;
    }

    /// <summary>Returns the id of the work and the record of a report.</summary>
    public static Guid IdOf(ProviderEvent report) => new(SHA256.HashData(Encoding.UTF8.GetBytes(ReportChange.KeyOf(report))).AsSpan(0, 16));
}
