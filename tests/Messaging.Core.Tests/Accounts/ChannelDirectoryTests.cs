using Messaging.Channels;
using Messaging.Core.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Accounts;

public sealed class ChannelDirectoryTests
{
    private static readonly TenantId s_salon = new("salon");
    private readonly FakeChannelFactory _factory = new();
    private readonly FakeAccounts _database = new();

    [Fact]
    public async Task FindAsync_AccountOfHost_IsFoundByName()
    {
        await using var host = Host(m => m.AddFake("email").AddFake("email-eu"));

        var target = await Find(host, "email-eu");

        Assert.Equal("email-eu", Assert.Single(target!.Accounts).Name);
        Assert.Equal(ChannelKinds.Email, target.Kind);
    }

    [Fact]
    public async Task FindAsync_NameOfKind_MeansAllItsAccountsInOrder()
    {
        await using var host = Host(m => m.AddFake("b").AddFake("a").AddFake("text", ChannelKinds.Sms));

        var target = await Find(host, ChannelKinds.Email);

        Assert.Equal(["b", "a"], target!.Accounts.Select(a => a.Name));
        Assert.Equal(AccountSelection.Failover, target.Selection);
    }

    [Fact]
    public async Task FindAsync_UnknownName_IsNullAndTheTextListsWhatThereIs()
    {
        await using var host = Host(m => m.AddFake("email"));
        var directory = host.Get<IChannelDirectory>();

        Assert.Null(await directory.FindAsync(s_salon, "sms-eu", CancellationToken.None));
        var text = directory.DescribeUnknown("sms-eu");
        Assert.Contains("Registered: email", text, StringComparison.Ordinal);
        Assert.Contains("Messaging.Channels.Twilio", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_TenantHasItsOwn_GoesBeforeTheHosts()
    {
        _database.Set(Own("email", "1"));
        await using var host = Host(m => m.AddFake("email"));

        Assert.Equal(s_salon, (await Find(host, "email"))!.Accounts[0].Tenant);
        Assert.Null((await host.Get<IChannelDirectory>().FindAsync(new("other"), "email", CancellationToken.None))!.Accounts[0].Tenant);
    }

    [Fact]
    public async Task FindAsync_Again_AsksTheDatabaseOnceUntilTheAnswerIsOld()
    {
        await using var host = Host(m => m.AddFake("email"));

        for (var i = 0; i < 5; i++)
        {
            await Find(host, "email");
        }

        Assert.Equal(1, _database.Asked);
        host.Time.Advance(TimeSpan.FromSeconds(31));
        await Find(host, "email");
        Assert.Equal(2, _database.Asked);
    }

    [Fact]
    public async Task FindAsync_DatabaseHasNewVersion_DrainsTheOldChannel()
    {
        _database.Set(Own("email", "1"));
        await using var host = Host(_ => { });
        await Find(host, "email");
        var old = _factory["email"];

        _database.Set(Own("email", "2"));
        Assert.Equal("1", (await Find(host, "email"))!.Accounts[0].Version);
        host.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal("2", (await Find(host, "email"))!.Accounts[0].Version);
        Assert.True(old.Disposed);
        Assert.False(_factory["email"].Disposed);
    }

    [Fact]
    public async Task FindAsync_DatabaseIsDown_GoesOnWithTheOldAnswerForAWhile()
    {
        _database.Set(Own("email", "1"));
        await using var host = Host(_ => { });
        await Find(host, "email");
        _database.Before = () => throw new InvalidOperationException("down");

        host.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("1", (await Find(host, "email"))!.Accounts[0].Version);

        host.Time.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Find(host, "email"));
    }

    [Fact]
    public async Task FindAsync_DatabaseIsSlow_DoesNotHoldUpWhoHasAnAnswer()
    {
        _database.Set(Own("email", "1"));
        await using var host = Host(_ => { });
        await Find(host, "email");
        var slow = new TaskCompletionSource();
        _database.Before = () => slow.Task;
        host.Time.Advance(TimeSpan.FromSeconds(31));

        var answer = Find(host, "email").AsTask();
        Assert.True(answer.IsCompletedSuccessfully);
        slow.SetResult();
    }

    [Fact]
    public async Task FindAsync_OptionsReloaded_GivesTheNewVersionAndDrainsTheOldChannel()
    {
        var reload = new FakeReload();
        await using var host = Host(m => m.AddFake("email", reload: reload));
        await Find(host, "email");
        var old = _factory["email"];

        reload.Reload();

        Assert.Equal("1", (await Find(host, "email"))!.Accounts[0].Version);
        Assert.True(old.Disposed);
    }

    [Fact]
    public async Task FindAsync_ReloadedOptionsAreWrong_KeepsTheAccountAsItWas()
    {
        var reload = new FakeReload();
        await using var host = Host(m => m.AddFake("email", edit: a => reload.Version > 0 ? throw new InvalidOperationException("bad") : a, reload: reload));
        await Find(host, "email");

        reload.Reload();

        Assert.Equal("0", (await Find(host, "email"))!.Accounts[0].Version);
        Assert.False(_factory["email"].Disposed);
    }

    [Fact]
    public async Task FindAsync_Group_HasItsMembersAndWeights()
    {
        await using var host = Host(m => m.AddAccountGroup("mail", g => g.Weighted(("b", 3), ("a", 1))).AddFake("a").AddFake("b"));

        var target = await Find(host, "mail");

        Assert.Equal(AccountSelection.Weighted, target!.Selection);
        Assert.Equal([("b", 3), ("a", 1)], target.Accounts.Select(a => (a.Name, a.Weight)));
    }

    [Theory]
    [InlineData("missing", "which is not registered")]
    [InlineData("text", "mixes the kinds")]
    [InlineData("email", "is used by more than one")]
    public async Task StartAsync_GroupIsWrong_SaysHow(string member, string problem)
    {
        await using var host = Host(m => m
            .AddAccountGroup(member == "email" ? "email" : "group", g => g.Failover("email", member)).AddFake("email").AddFake("text", ChannelKinds.Sms));

        var e = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);

        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_SameNameTwice_IsAnError()
    {
        await using var host = Host(m => m.AddFake("email").AddFake("email"));

        Assert.Contains("'email'", (await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_UnknownScheme_NamesThePackage()
    {
        await using var host = Host(m => m.AddFake("email", edit: a => a with { Scheme = "twilio" }));

        var e = await Assert.ThrowsAsync<ChannelConfigurationException>(host.StartAsync);

        Assert.Equal("Scheme", e.Setting);
        Assert.Contains("registered schemes: test", e.Message, StringComparison.Ordinal);
        Assert.Contains("Messaging.Channels.Twilio", e.Message, StringComparison.Ordinal);
    }

    private static ChannelAccount Own(string name, string version) =>
        new() { Name = name, Tenant = s_salon, Kind = ChannelKinds.Email, Scheme = "test", Version = version };

    private static ValueTask<ChannelTarget?> Find(CoreHost host, string name) =>
        host.Get<IChannelDirectory>().FindAsync(s_salon, name, CancellationToken.None);

    private CoreHost Host(Action<MessagingBuilder> configure) => new(m =>
    {
        m.Services.AddSingleton<IChannelAccounts>(_database);
        configure(m.AddFactory(_factory));
    });
}
