namespace Messaging.Storage.EfCore.Schema;

/// <summary>What changed about a delivery since it was accepted; no row means nothing but its place in the queue.</summary>
internal sealed class StateRow
{
    public Guid Id { get; set; }

    public long Place { get; set; }

    public string Tenant { get; set; } = null!;

    public short Status { get; set; }

    public int Attempts { get; set; }

    public int TotalAttempts { get; set; }

    public int Generation { get; set; }

    public byte[] Evidence { get; set; } = null!;

    public string? Account { get; set; }

    public string? ProviderId { get; set; }

    public string? ProviderAccount { get; set; }

    public long? ProviderPlace { get; set; }

    public long? SettledAt { get; set; }

    public bool CancelRequested { get; set; }

    public bool DeadLetter { get; set; }

    public bool Dropped { get; set; }

    public string? WhyCode { get; set; }

    public string? WhyText { get; set; }

    public long? WhyUntil { get; set; }

    public long? CallStartedAt { get; set; }

    public long? CallTook { get; set; }

    public long? CallSettledAt { get; set; }
}
