namespace Messaging.Storage.EfCore.Schema;

/// <summary>One thing that happened to a delivery.</summary>
internal sealed class TimelineRow
{
    public Guid DeliveryId { get; set; }

    public long Place { get; set; }

    public long At { get; set; }

    public short Type { get; set; }

    public short Event { get; set; }

    public int? Attempt { get; set; }

    public string? Account { get; set; }

    public long? Took { get; set; }

    public string? ProviderCode { get; set; }

    public string? ProviderText { get; set; }

    public string? WhyCode { get; set; }

    public string? WhyText { get; set; }

    public long? WhyUntil { get; set; }
}
