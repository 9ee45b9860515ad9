using Messaging.Sending;

namespace Messaging.Contacts;

/// <summary>Brings a contact into the form in which it is kept, or says which field is wrong.</summary>
internal sealed class ContactRules(AddressBook addresses)
{
    private const int MaxText = 200;
    private const int MaxExternalId = 400;
    private const int MaxEntries = 100;

    /// <exception cref="ArgumentException">Something is wrong; the text names the field.</exception>
    public Contact Normalize(Contact contact)
    {
        When(!HubTenant.IsValid(contact.Tenant), nameof(contact.Tenant), $"A tenant is named by 1 to {TenantId.MaxLength} characters, not blank, and not '*'.");
        When(
            contact.ExternalId is { } id && (string.IsNullOrWhiteSpace(id) || id.Length > MaxExternalId || RequestText.HasControl(id)),
            nameof(contact.ExternalId),
            $"The host's key has 1 to {MaxExternalId} characters and no control character.");
        When(contact.Name is { } name && (name.Length > MaxText || RequestText.HasControl(name)), nameof(contact.Name), $"The name has at most {MaxText} characters and no control character.");
        When(contact.Locale is not null && !Cultures.IsKnown(contact.Locale), nameof(contact.Locale), "The locale is not known. Give a BCP 47 name such as 'pl-PL'.");
        When(contact.TimeZone is not null && Cultures.Zone(contact.TimeZone) is null, nameof(contact.TimeZone), "The time zone is not known. Give an IANA name such as 'Europe/Warsaw'.");
        When(contact.Attributes.Count > MaxEntries, nameof(contact.Attributes), $"A contact has at most {MaxEntries} attributes.");
        When(contact.Addresses.Count > MaxEntries, nameof(contact.Addresses), $"A contact has at most {MaxEntries} addresses.");
        return contact with { Addresses = Addresses(contact.Addresses), Tags = Tags(contact.Tags) };
    }

    private Address[] Addresses(IReadOnlyList<Address> given)
    {
        var canonical = new List<Address>(given.Count);
        for (var i = 0; i < given.Count; i++)
        {
            var field = $"Addresses[{i}]";
            When(string.IsNullOrWhiteSpace(given[i].Kind), field, "The address names no kind.");
            var valid = addresses.TryNormalize(given[i], out var address, out var problem);
            When(!valid, field, problem ?? "");
            if (!canonical.Contains(address))
            {
                canonical.Add(address);
            }
        }

        return [.. canonical];
    }

    private static string[] Tags(IReadOnlyList<string> given)
    {
        When(given.Count > MaxEntries, "Tags", $"A contact has at most {MaxEntries} tags.");
        var tags = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var tag in given)
        {
            When(string.IsNullOrWhiteSpace(tag) || tag.Length > MaxText || RequestText.HasControl(tag), "Tags", $"A tag has 1 to {MaxText} characters and no control character.");
            tags.Add(tag);
        }

        return [.. tags];
    }

    private static void When(bool wrong, string field, string problem)
    {
        if (wrong)
        {
            throw new ArgumentException($"{field}: {problem}", field);
        }
    }
}
