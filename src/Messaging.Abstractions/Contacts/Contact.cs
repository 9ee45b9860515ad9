namespace Messaging.Contacts;

/// <summary>A person whom the host talks with.</summary>
public sealed record Contact
{
    /// <summary>Gets the suite's key.</summary>
    public required ContactId Id { get; init; }

    /// <summary>Gets the owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets the host's own key; unique per tenant; <see langword="null"/> for a contact that came from traffic.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Gets the display name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the BCP 47 locale; <see langword="null"/> means the tenant's.</summary>
    public string? Locale { get; init; }

    /// <summary>Gets the IANA time zone; <see langword="null"/> means the tenant's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Gets where the person is reached; the first of a kind is preferred.</summary>
    public IReadOnlyList<Address> Addresses { get; init; } = [];

    /// <summary>Gets the host's own facts, which rules and templates may read.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = EmptyMetadata.Instance;

    /// <summary>Gets the tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Returns the preferred address of a kind, or <see langword="null"/>.</summary>
    public Address? AddressOf(string kind)
    {
        foreach (var address in Addresses)
        {
            if (address.Kind == kind)
            {
                return address;
            }
        }

        return null;
    }

    /// <summary>Names the key only: the rest is personal data.</summary>
    public override string ToString() => $"Contact {Id}";
}
