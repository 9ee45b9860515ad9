namespace Messaging.Storage.EfCore.Schema;

/// <summary>An id that a provider gave to an earlier attempt.</summary>
internal sealed class ReceiptRow
{
    public string Account { get; set; } = null!;

    public string ProviderId { get; set; } = null!;

    public Guid DeliveryId { get; set; }

    public long Place { get; set; }
}
