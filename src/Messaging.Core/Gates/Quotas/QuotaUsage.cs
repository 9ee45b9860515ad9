using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Gates;

/// <summary>What a tenant used up of its quota.</summary>
internal sealed record QuotaUsage : IEntity<QuotaUsage>
{
    public const string OnlyKey = "quota";

    public static EntitySchema<QuotaUsage> Schema { get; } = new("quotas", GateJson.Default.QuotaUsage);

    public required TenantId Tenant { get; init; }

    [JsonIgnore]
    public string Key => OnlyKey;

    /// <summary>Gets the UTC day of the last message.</summary>
    public DateOnly Day { get; init; }

    public int Today { get; init; }

    public int ThisMonth { get; init; }

    /// <summary>Returns the usage as it stands on a day: what belongs to an earlier one is over.</summary>
    public QuotaUsage On(DateOnly day) => day <= Day ? this : this with
    {
        Day = day,
        Today = 0,
        ThisMonth = (day.Year, day.Month) == (Day.Year, Day.Month) ? ThisMonth : 0,
    };
}
