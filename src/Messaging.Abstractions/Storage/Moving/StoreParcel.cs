namespace Messaging.Storage;

/// <summary>Part of what a store holds. Messages come before their deliveries, in the same parcel or an earlier one; deliveries in the order of acceptance.</summary>
public sealed record StoreParcel
{
    /// <summary>Gets messages.</summary>
    public IReadOnlyList<MovedMessage> Messages { get; init; } = [];

    /// <summary>Gets deliveries, with all that happened to them.</summary>
    public IReadOnlyList<MovedDelivery> Deliveries { get; init; } = [];

    /// <summary>Gets work other than deliveries.</summary>
    public IReadOnlyList<MovedWork> Work { get; init; } = [];

    /// <summary>Gets callers' keys whose windows have not ended.</summary>
    public IReadOnlyList<MovedClaim> Claims { get; init; } = [];

    /// <summary>Gets entities, to be written where there is none yet.</summary>
    public IReadOnlyList<EntityChange> Entities { get; init; } = [];
}
