namespace Messaging.Storage.EfCore.Schema;

/// <summary>Who does what only one may do at a time, until when.</summary>
internal sealed class LeaderRow
{
    public string Name { get; set; } = null!;

    public string Holder { get; set; } = null!;

    public long Term { get; set; }

    public long Until { get; set; }
}
