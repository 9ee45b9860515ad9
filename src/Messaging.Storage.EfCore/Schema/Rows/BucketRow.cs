namespace Messaging.Storage.EfCore.Schema;

/// <summary>The theoretical arrival time of a bucket's next permit.</summary>
internal sealed class BucketRow
{
    public string Key { get; set; } = null!;

    public long Arrival { get; set; }
}
