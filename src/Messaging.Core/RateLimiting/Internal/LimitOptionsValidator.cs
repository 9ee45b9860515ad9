using Microsoft.Extensions.Options;

namespace Messaging.RateLimiting;

internal sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var check = LimitRules.Check(new OptionsCheck("ConfigureLimits"), nameof(options.Tenant), options.Tenant);
        foreach (var (tenant, limit) in options.Tenants)
        {
            LimitRules.Check(check, $"Tenants[\"{tenant}\"]", limit);
        }

        return LimitRules.Check(check, nameof(options.Account), options.Account).Result;
    }
}
