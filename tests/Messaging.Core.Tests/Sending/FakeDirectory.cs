using Messaging.Contacts;

namespace Messaging.Sending;

/// <summary>A host's own directory.</summary>
internal sealed class FakeDirectory : IRecipientDirectory
{
    private readonly List<(Contact Contact, bool AnswersEverybody)> _contacts = [];

    public int Asked { get; private set; }

    public bool Miscounts { get; set; }

    public static FakeDirectory Of(SendingHarness harness) => Assert.IsType<FakeDirectory>(harness.Get<IRecipientDirectory>());

    /// <param name="contact">The contact.</param>
    /// <param name="answersEverybody">Whether the directory forgets to look at the tenant.</param>
    public void Add(Contact contact, bool answersEverybody = false) => _contacts.Add((contact, answersEverybody));

    public ValueTask<IReadOnlyList<Contact?>> FindAsync(TenantId tenant, IReadOnlyList<RecipientKey> keys, CancellationToken cancellationToken)
    {
        Asked++;
        return new(Miscounts ? [] : [.. keys.Select(key => _contacts
            .Where(c => c.AnswersEverybody || c.Contact.Tenant == tenant)
            .Select(c => c.Contact)
            .FirstOrDefault(c => key.ContactId is { } id ? c.Id == id : c.ExternalId == key.ExternalId))]);
    }

    public ValueTask<Contact?> FindByAddressAsync(TenantId tenant, Address address, CancellationToken cancellationToken) =>
        new(_contacts.Select(c => c.Contact).FirstOrDefault(c => c.Tenant == tenant && c.Addresses.Contains(address)));
}
