using Messaging.Core.Fakes;
using Messaging.Testing;

namespace Messaging.Contacts;

public sealed class ContactBookTests
{
    private static readonly Address Mail = new(ChannelKinds.Email, "anna@example.com");
    private static readonly Address Number = new(ChannelKinds.Sms, "+48123456789");

    private static Contact Anna => new()
    {
        Id = default,
        Tenant = TenantId.Default,
        ExternalId = "client_456",
        Name = "Anna Kowalska",
        Locale = "pl-PL",
        TimeZone = "Europe/Warsaw",
        Addresses = [new(ChannelKinds.Email, "anna@EXAMPLE.com"), new(ChannelKinds.Sms, "+48 123 456 789"), Mail],
        Attributes = new Dictionary<string, string> { ["vip"] = "yes" },
        Tags = ["b", "a", "b"],
    };

    [Fact]
    public async Task SaveAsync_New_GetsAnIdAndCanonicalAddresses()
    {
        await using var host = new CoreHost(_ => { });
        var contacts = host.Get<IContacts>();
        var saved = await contacts.SaveAsync(Anna);
        var byId = await contacts.GetAsync(TenantId.Default, saved.Id);
        var byKey = await contacts.GetAsync(TenantId.Default, "client_456");

        Assert.NotEqual(default, saved.Id);
        Assert.Equal([Mail, Number], saved.Addresses);
        Assert.Equal(["a", "b"], saved.Tags);
        Assert.Equal(saved.Id, byKey?.Id);
        Assert.Equal(("Anna Kowalska", "pl-PL", "Europe/Warsaw", "yes"), (byId?.Name, byId?.Locale, byId?.TimeZone, byId?.Attributes["vip"]));
    }

    [Fact]
    public async Task SaveAsync_SameExternalId_ChangesTheSameContact()
    {
        await using var host = new CoreHost(_ => { });
        var contacts = host.Get<IContacts>();
        var first = await contacts.SaveAsync(Anna);
        var second = await contacts.SaveAsync(Anna with { Name = "Anna Nowak", Addresses = [Number] });

        Assert.Equal(first.Id, second.Id);
        Assert.Equal("Anna Nowak", (await contacts.GetAsync(TenantId.Default, first.Id))?.Name);
        Assert.Null(await host.Get<IRecipientDirectory>().FindByAddressAsync(TenantId.Default, Mail, CancellationToken.None));
        Assert.Equal(first.Id, (await host.Get<IRecipientDirectory>().FindByAddressAsync(TenantId.Default, Number, CancellationToken.None))?.Id);
    }

    [Fact]
    public async Task SaveAsync_ExternalIdOfAnother_IsRefused()
    {
        await using var host = new CoreHost(_ => { });
        var contacts = host.Get<IContacts>();
        await contacts.SaveAsync(Anna);
        var other = await contacts.SaveAsync(Anna with { ExternalId = null });

        var error = await Assert.ThrowsAsync<ArgumentException>(() => contacts.SaveAsync(other with { ExternalId = "client_456" }).AsTask());

        Assert.StartsWith("ExternalId:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAsync_FromManyAtOnce_MakesOneContact()
    {
        await using var host = new CoreHost(_ => { });
        var contacts = host.Get<IContacts>();
        var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => contacts.SaveAsync(Anna with { Name = $"Anna {i}" }).AsTask())));

        Assert.Single(saved.Select(c => c.Id).Distinct());
    }

    [Theory]
    [InlineData("Addresses[1]")]
    [InlineData("Locale")]
    [InlineData("TimeZone")]
    [InlineData("ExternalId")]
    [InlineData("Name")]
    [InlineData("Tags")]
    [InlineData("Tenant")]
    public async Task SaveAsync_FieldWrong_IsNamed(string field)
    {
        await using var host = new CoreHost(_ => { });
        var contacts = host.Get<IContacts>();
        var contact = field switch
        {
            "Addresses[1]" => Anna with { Addresses = [Mail, new(ChannelKinds.Sms, "12")] },
            "Locale" => Anna with { Locale = "klingon-XX" },
            "TimeZone" => Anna with { TimeZone = "Mars/Olympus" },
            "ExternalId" => Anna with { ExternalId = " " },
            "Name" => Anna with { Name = "Anna\r\n" },
            "Tags" => Anna with { Tags = [""] },
            _ => Anna with { Tenant = new TenantId("*") },
        };

        var error = await Assert.ThrowsAsync<ArgumentException>(() => contacts.SaveAsync(contact).AsTask());

        Assert.StartsWith($"{field}:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("anna@", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await contacts.ListAsync(TenantId.Default)).Items);
    }

    [Fact]
    public async Task DeleteAsync_Contact_IsGoneWithItsKeys()
    {
        await using var host = new CoreHost(_ => { });
        var contacts = host.Get<IContacts>();
        var saved = await contacts.SaveAsync(Anna);

        Assert.True(await contacts.DeleteAsync(TenantId.Default, saved.Id));
        Assert.False(await contacts.DeleteAsync(TenantId.Default, saved.Id));
        Assert.Null(await contacts.GetAsync(TenantId.Default, "client_456"));
        Assert.NotEqual(saved.Id, (await contacts.SaveAsync(Anna)).Id);
    }

    [Fact]
    public async Task ListAsync_SearchAndTag_NarrowInOrder()
    {
        await using var host = new CoreHost(_ => { });
        var contacts = host.Get<IContacts>();
        foreach (var (name, tag) in new[] { ("Zofia Kowalska", "vip"), ("Anna Kowalczyk", "vip"), ("Jan Nowak", "vip"), ("Anna Nowak", "other"), ("anna zet", "vip") })
        {
            await contacts.SaveAsync(new Contact { Id = default, Tenant = TenantId.Default, Name = name, Tags = [tag] });
        }

        var all = await contacts.ListAsync(TenantId.Default);
        var kow = await contacts.ListAsync(TenantId.Default, search: "KOW");
        var vipAnnas = await contacts.ListAsync(TenantId.Default, search: "anna", tag: "vip");

        Assert.Equal(["Anna Kowalczyk", "Anna Nowak", "anna zet", "Jan Nowak", "Zofia Kowalska"], all.Items.Select(c => c.Name));
        Assert.Equal(["Anna Kowalczyk", "Zofia Kowalska"], kow.Items.Select(c => c.Name).Order());
        Assert.Equal(["Anna Kowalczyk", "anna zet"], vipAnnas.Items.Select(c => c.Name).Order(StringComparer.Ordinal));
        Assert.Empty((await contacts.ListAsync(new TenantId("other"))).Items);
    }

    [Fact]
    public async Task ListAsync_Pages_FollowOneAnother()
    {
        await using var host = new CoreHost(_ => { });
        var contacts = host.Get<IContacts>();
        for (var i = 0; i < 25; i++)
        {
            await contacts.SaveAsync(new Contact { Id = default, Tenant = TenantId.Default, Name = $"C{i:00}", Tags = [i % 2 == 0 ? "even" : "odd"] });
        }

        var names = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await contacts.ListAsync(TenantId.Default, search: "c", tag: "even", cursor: cursor, limit: 4);
            Assert.InRange(page.Items.Count, 0, 4);
            names.AddRange(page.Items.Select(c => c.Name));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(13, names.Distinct().Count());
        Assert.Equal(13, names.Count);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => contacts.ListAsync(TenantId.Default, limit: 101).AsTask());
    }

    [Fact]
    public async Task FindAsync_ManyKeys_AnswersInOrderAndForTheTenantOnly()
    {
        await using var host = new CoreHost(_ => { });
        var contacts = host.Get<IContacts>();
        var anna = await contacts.SaveAsync(Anna);
        var jan = await contacts.SaveAsync(Anna with { ExternalId = "jan", Addresses = [] });
        await contacts.SaveAsync(Anna with { Tenant = new TenantId("other"), ExternalId = "theirs" });
        var directory = host.Get<IRecipientDirectory>();

        var found = await directory.FindAsync(
            TenantId.Default, [new("jan"), new(null, anna.Id), new("nobody"), new("theirs"), new("client_456"), new(null), new("ignored", jan.Id), new(null, Some.ContactId())], CancellationToken.None);

        Assert.Equal([jan.Id, anna.Id, null, null, anna.Id, null, jan.Id, null], found.Select(c => c?.Id));
    }
}
