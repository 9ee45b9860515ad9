namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>What a claim saw beside the work that it took.</summary>
/// <param name="At">The database's clock.</param>
/// <param name="SomeAreDue">Some waits have ended: that work is to be made ready.</param>
/// <param name="SomeWereWithdrawn">Some leases ended of work that was cancelled meanwhile: it is to be withdrawn.</param>
internal readonly record struct ClaimHeader(long At, bool SomeAreDue, bool SomeWereWithdrawn)
{
    /// <summary>Gets how much the claim took.</summary>
    public int Count { get; init; }

    /// <summary>Gets a value indicating whether it looked from the very front, so that it missed nothing.</summary>
    public bool IsFromFront { get; init; }
}
