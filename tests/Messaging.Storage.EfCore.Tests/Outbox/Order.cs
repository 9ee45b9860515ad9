namespace Messaging.Storage.EfCore.Outbox;

internal sealed class Order
{
    public Guid Id { get; set; }

    public string Customer { get; set; } = "";
}
