using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Accounts;

public sealed class StoredChannelAccountsTests
{
    private const string Connection = "smtp://salon:secret@mail.example.com";
    private static readonly TenantId s_salon = new("salon");
    private readonly FakeChannelFactory _factory = new();

    [Fact]
    public async Task SaveAsync_ThenSend_UsesTheOpenedCredentialAndStoresItProtected()
    {
        await using var host = Host();
        var saved = await host.Get<IStoredChannelAccounts>().SaveAsync(Account("email"));

        var target = await host.Get<IChannelDirectory>().FindAsync(s_salon, "email", CancellationToken.None);

        Assert.Equal(saved.Version, target!.Accounts[0].Version);
        Assert.True(target.Accounts[0].ConnectionString!.IsProtected);
        Assert.Equal(Connection, _factory["email"].Account.ConnectionString!.Reveal());
        var stored = await host.Get<IEntityStore>().GetAsync<StoredAccount>(s_salon, "email", CancellationToken.None);
        Assert.DoesNotContain("secret", stored!.Value.Protected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAsync_Again_TakesEffectAtOnce()
    {
        await using var host = Host();
        var accounts = host.Get<IStoredChannelAccounts>();
        await accounts.SaveAsync(Account("email"));
        var before = await host.Get<IChannelDirectory>().FindAsync(s_salon, "email", CancellationToken.None);
        var old = _factory["email"];

        await accounts.SaveAsync(Account("email") with { Weight = 5 });

        var after = await host.Get<IChannelDirectory>().FindAsync(s_salon, "email", CancellationToken.None);
        Assert.NotEqual(before!.Accounts[0].Version, after!.Accounts[0].Version);
        Assert.Equal(5, after.Accounts[0].Weight);
        Assert.True(old.Disposed);
    }

    [Fact]
    public async Task DeleteAsync_LeavesTheHostsAccount()
    {
        await using var host = Host();
        var accounts = host.Get<IStoredChannelAccounts>();
        await accounts.SaveAsync(Account("email"));

        Assert.True(await accounts.DeleteAsync(s_salon, "email"));
        Assert.False(await accounts.DeleteAsync(s_salon, "email"));

        Assert.Null((await host.Get<IChannelDirectory>().FindAsync(s_salon, "email", CancellationToken.None))!.Accounts[0].Tenant);
    }

    [Fact]
    public async Task FindAsync_Kind_MeansTheTenantsOwnAccountsOnly()
    {
        await using var host = new CoreHost(m => m.AddFactory(_factory).AddFake("hosts").ProtectCredentials(o => o.Keys["2026"] = Key(1)));
        await host.Get<IStoredChannelAccounts>().SaveAsync(Account("b"));
        await host.Get<IStoredChannelAccounts>().SaveAsync(Account("a"));
        await host.Get<IStoredChannelAccounts>().SaveAsync(Account("other") with { Tenant = new TenantId("other") });

        var target = await host.Get<IChannelDirectory>().FindAsync(s_salon, ChannelKinds.Email, CancellationToken.None);

        Assert.Equal(["a", "b"], target!.Accounts.Select(a => a.Name));
    }

    [Fact]
    public async Task ListAsync_ShowsNoSecret()
    {
        await using var host = Host();
        await host.Get<IStoredChannelAccounts>().SaveAsync(Account("email"));

        var listed = Assert.Single(await host.Get<IStoredChannelAccounts>().ListAsync(s_salon));

        Assert.Throws<InvalidOperationException>(listed.ConnectionString!.Reveal);
        Assert.DoesNotContain("secret", listed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAsync_SchemeNobodyUnderstands_IsRefusedAndNotStored()
    {
        await using var host = Host();
        var accounts = host.Get<IStoredChannelAccounts>();

        await Assert.ThrowsAsync<ChannelConfigurationException>(async () => await accounts.SaveAsync(Account("email") with { Scheme = "typo" }));

        Assert.Empty(await accounts.ListAsync(s_salon));
    }

    [Fact]
    public async Task SaveAsync_NoKeyConfigured_SaysHowToConfigureOne()
    {
        await using var host = new CoreHost(m => m.AddFactory(_factory));

        var e = await Assert.ThrowsAsync<InvalidOperationException>(async () => await host.Get<IStoredChannelAccounts>().SaveAsync(Account("email")));

        Assert.Contains("ProtectCredentials", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_KeyIsGone_NamesTheSettingAndNotTheSecret()
    {
        await using var host = Host();
        var saved = await host.Get<IStoredChannelAccounts>().SaveAsync(Account("email"));
        await using var other = new CoreHost(m => m.AddFactory(_factory).ProtectCredentials(o => o.Keys["new"] = Key(2)));

        var e = Assert.Throws<ChannelConfigurationException>(() => other.Get<ChannelPool>().Lease(saved));

        Assert.Equal("ConnectionString", e.Setting);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    private static ChannelAccount Account(string name) => new()
    {
        Name = name,
        Tenant = s_salon,
        Kind = ChannelKinds.Email,
        Scheme = "test",
        Version = "",
        ConnectionString = Secret.Plain(Connection),
    };

    private static string Key(byte seed) => Convert.ToBase64String(Enumerable.Repeat(seed, 32).ToArray());

    private CoreHost Host() => new(m => m.AddFactory(_factory).AddFake("email").ProtectCredentials(o => o.Keys["2026"] = Key(1)));
}
