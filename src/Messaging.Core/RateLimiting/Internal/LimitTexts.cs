using System.Globalization;
using Messaging.Channels;

namespace Messaging.RateLimiting;

/// <summary>Says in a sentence which limit asks to wait.</summary>
internal static class LimitTexts
{
    public static Why Refusal(LimitType type, string account, RateLimit limit, DateTimeOffset until) => type switch
    {
        LimitType.Tenant => new(WhyCodes.RateLimited, $"The tenant may send {Describe(limit)}.", until),
        LimitType.Account => new(WhyCodes.RateLimited, $"The account '{account}' may send {Describe(limit)}.", until),
        LimitType.AccountDay => new(WhyCodes.RateLimited, string.Create(CultureInfo.InvariantCulture, $"The account '{account}' may send {limit.Burst} a day (UTC)."), until),
        _ => new(WhyCodes.RateLimited, $"One recipient may get {Describe(limit)} through the account '{account}'.", until),
    };

    public static Why HostRefusal(string account, DateTimeOffset until) =>
        new(WhyCodes.RateLimited, $"The host's own limiter of the account '{account}' asks to wait.", until);

    private static string Describe(RateLimit limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{limit.Permits} in {limit.Period:c}, {limit.Burst} at once");
}
