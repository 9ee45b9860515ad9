using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Messaging.Gates;

public sealed class GateOptionsTests
{
    [Theory]
    [InlineData(0, "00:30:00")]
    [InlineData(1001, "1.00:00:00")]
    [InlineData(1, "00:00:30")]
    [InlineData(1, "400.00:00:00")]
    public void FrequencyCap_OutOfRange_NamesTheOption(int limit, string period) =>
        AssertRefused(m => m.FrequencyCap(cap => (cap.Limit, cap.Period) = (limit, TimeSpan.Parse(period))), limit is 0 or 1001 ? "Limit" : "Period");

    [Fact]
    public void FrequencyCap_CategoryCappedAndBypassed_NamesBoth()
    {
        AssertRefused(m => m.FrequencyCap(cap => cap.Categories["transactional"] = new() { Limit = 5 }), "Categories['transactional']");
        AssertRefused(m => m.FrequencyCap(cap => cap.Categories["news"] = new() { Limit = 0 }), "Categories['news'].Limit");
        AssertRefused(m => m.FrequencyCap(cap => cap.Categories["news"] = new() { Limit = 1, Period = TimeSpan.Zero }), "Categories['news'].Period");
    }

    [Fact]
    public void QuietHours_NoWindowOrNoZone_NamesTheOption()
    {
        AssertRefused(m => m.QuietHours(quiet => quiet.To = quiet.From), "QuietHours.From");
        AssertRefused(m => m.QuietHours(quiet => quiet.TimeZone = "Mars/Olympus"), "Mars/Olympus");
    }

    [Fact]
    public void Quota_BelowOneOrDayAboveMonth_NamesTheOption()
    {
        AssertRefused(m => m.Quota(quota => quota.PerDay = 0), "PerDay");
        AssertRefused(m => m.Quota(quota => (quota.PerDay, quota.PerMonth) = (10, 5)), "PerMonth of 5");
        AssertRefused(m => m.Quota(quota => quota.Tenants["salon"] = new() { PerMonth = -1 }), "Tenants['salon']");
    }

    [Fact]
    public void Sections_Bound_SetTheOptions()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Quiet:From"] = "22:30",
            ["Quiet:TimeZone"] = "Europe/Warsaw",
            ["Quiet:Kinds:0"] = "sms",
            ["Cap:Limit"] = "5",
            ["Cap:Period"] = "7.00:00:00",
            ["Cap:Categories:news:Limit"] = "1",
            ["Quota:PerDay"] = "1000",
            ["Quota:Tenants:salon:PerMonth"] = "20",
        }).Build();
        using var services = Build(m => m
            .QuietHours(configuration.GetSection("Quiet")).FrequencyCap(configuration.GetSection("Cap")).Quota(configuration.GetSection("Quota")));

        var quiet = services.GetRequiredService<IOptions<QuietHoursOptions>>().Value;
        var cap = services.GetRequiredService<IOptions<FrequencyCapOptions>>().Value;
        var quota = services.GetRequiredService<IOptions<QuotaOptions>>().Value;

        Assert.Equal((new TimeOnly(22, 30), new TimeOnly(8, 0), "Europe/Warsaw"), (quiet.From, quiet.To, quiet.TimeZone));
        Assert.Equal(["sms"], quiet.Kinds);
        Assert.Equal((5, TimeSpan.FromDays(7), 1), (cap.Limit, cap.Period, cap.Categories["news"].Limit));
        Assert.Equal((1000, 20), (quota.PerDay, quota.Tenants["salon"].PerMonth));
    }

    [Fact]
    public void AddMessaging_GatesAskedForTwice_AreThereOnce()
    {
        var services = new ServiceCollection();
        services.AddMessaging(m => m.QuietHours().QuietHours());
        services.AddMessaging(m => m.QuietHours());

        Assert.Single(services, service => service.ImplementationType == typeof(QuietHoursGate));
        Assert.Single(services, service => service.ImplementationType == typeof(PauseGate));
    }

    private static ServiceProvider Build(Action<MessagingBuilder> configure) => new ServiceCollection().AddMessaging(configure).BuildServiceProvider();

    private static void AssertRefused(Action<MessagingBuilder> configure, string expected)
    {
        using var services = Build(configure);

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
