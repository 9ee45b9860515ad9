using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Contacts;

/// <summary>A contact as stores keep it.</summary>
internal sealed record ContactEntity : IEntity<ContactEntity>
{
    public const string IdIndex = "id";
    public const string ExternalIdIndex = "external_id";
    public const string AddressIndex = "address";
    public const string TagIndex = "tag";
    public const string NameIndex = "name";
    public const string NameOrderIndex = "name_order";

    public static EntitySchema<ContactEntity> Schema { get; } = new EntitySchema<ContactEntity>("contact", ContactJson.Default.ContactEntity)
        .Unique(IdIndex, e => e.Key)
        .Unique(ExternalIdIndex, e => e.ExternalId)
        .Many(AddressIndex, e => e.Addresses.Select(IndexValue))
        .Many(TagIndex, e => e.Tags)
        .Text(NameIndex, e => e.Name)
        .Sorted(NameOrderIndex, e => (e.Name ?? "").ToUpperInvariant());

    public required TenantId Tenant { get; init; }

    public required ContactId Id { get; init; }

    public string? ExternalId { get; init; }

    public string? Name { get; init; }

    public string? Locale { get; init; }

    public string? TimeZone { get; init; }

    public IReadOnlyList<Address> Addresses { get; init; } = [];

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Tags { get; init; } = [];

    [JsonIgnore]
    public string Key => KeyOf(Id);

    public static string KeyOf(ContactId id) => id.Value.ToString("N");

    public static string IndexValue(Address address) => $"{address.Kind}:{address.Value}";

    public static ContactEntity Of(Contact contact) => new()
    {
        Tenant = contact.Tenant,
        Id = contact.Id,
        ExternalId = contact.ExternalId,
        Name = contact.Name,
        Locale = contact.Locale,
        TimeZone = contact.TimeZone,
        Addresses = contact.Addresses,
        Attributes = contact.Attributes,
        Tags = contact.Tags,
    };

    public Contact ToContact() => new()
    {
        Id = Id,
        Tenant = Tenant,
        ExternalId = ExternalId,
        Name = Name,
        Locale = Locale,
        TimeZone = TimeZone,
        Addresses = Addresses,
        Attributes = Attributes,
        Tags = Tags,
    };
}
