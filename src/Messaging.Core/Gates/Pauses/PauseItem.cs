using System.Text.Json.Serialization;

namespace Messaging.Gates;

/// <summary>One pause of a tenant.</summary>
/// <param name="Account">The account or group; <see langword="null"/> for all.</param>
/// <param name="Template">The template's code; <see langword="null"/> for all.</param>
/// <param name="Reason">Why, in the operator's words.</param>
/// <param name="Since">Since when.</param>
internal sealed record PauseItem(string? Account, string? Template, string Reason, DateTimeOffset Since)
{
    private Why? _why;

    /// <summary>Gets the reason of everything that it holds: one object, however many deliveries.</summary>
    [JsonIgnore]
    public Why Why => _why ??= new Why(WhyCodes.Paused, $"The {What} is paused: {Reason}");

    private string What => Account is not null ? $"account '{Account}'" : Template is not null ? $"template '{Template}'" : "tenant";

    public PauseScope In(TenantId tenant) => new(tenant, Account, Template);
}
