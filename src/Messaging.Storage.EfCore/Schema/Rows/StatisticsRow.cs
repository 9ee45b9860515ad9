namespace Messaging.Storage.EfCore.Schema;

/// <summary>A count of deliveries that retention has taken away.</summary>
internal sealed class StatisticsRow
{
    public string Tenant { get; set; } = null!;

    public long Hour { get; set; }

    public string Kind { get; set; } = null!;

    public string Account { get; set; } = null!;

    public short Status { get; set; }

    public long Count { get; set; }
}
