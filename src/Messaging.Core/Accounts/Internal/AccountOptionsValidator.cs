using Messaging.RateLimiting;
using Microsoft.Extensions.Options;

namespace Messaging.Channels;

internal sealed class AccountOptionsValidator : IValidateOptions<AccountOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountOptions options)
    {
        var check = new OptionsCheck($"ConfigureAccount(\"{name}\")").Range(nameof(options.Concurrency), options.Concurrency, 1, 1_000);
        return LimitRules.Check(check, nameof(options.Limits), options.Limits).Result;
    }
}
