using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Testing.Contracts.Storage;

/// <summary>An entity with an index of every kind.</summary>
public sealed partial record SampleEntity(TenantId Tenant, string Key) : IEntity<SampleEntity>
{
    /// <inheritdoc/>
    public static EntitySchema<SampleEntity> Schema { get; } = new EntitySchema<SampleEntity>("sample", SampleJson.Default.SampleEntity)
        .Unique("code", e => e.Code)
        .Many("tag", e => e.Tags)
        .Sorted("rank", e => e.Rank)
        .Text("title", e => e.Title);

    /// <summary>Gets a value that only one entity of a tenant has.</summary>
    public string? Code { get; init; }

    /// <summary>Gets values that many share.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets what they are ordered by.</summary>
    public string? Rank { get; init; }

    /// <summary>Gets words.</summary>
    public string? Title { get; init; }

    /// <summary>Makes one of the only tenant.</summary>
    public static SampleEntity Some(string key) => new(TenantId.Default, key);

    [JsonSerializable(typeof(SampleEntity))]
    private sealed partial class SampleJson : JsonSerializerContext;
}
