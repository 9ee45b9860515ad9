using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>The name of the environment that a store belongs to.</summary>
internal sealed record EnvironmentStamp(string Name) : IEntity<EnvironmentStamp>
{
    public const string OnlyKey = "environment";

    public static EntitySchema<EnvironmentStamp> Schema { get; } = new("environment_stamp", SendingJson.Default.EnvironmentStamp);

    [System.Text.Json.Serialization.JsonIgnore]
    public TenantId Tenant => EntitySchema.SharedTenant;

    [System.Text.Json.Serialization.JsonIgnore]
    public string Key => OnlyKey;
}
