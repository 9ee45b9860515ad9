using Microsoft.Extensions.Options;

namespace Messaging.Gates;

/// <summary>Checks that quotas fit together.</summary>
internal sealed class QuotaRulesValidator : IValidateOptions<QuotaOptions>
{
    public ValidateOptionsResult Validate(string? name, QuotaOptions options)
    {
        List<string> problems =
        [
            .. Problems("Quota", options.PerDay, options.PerMonth),
            .. options.Tenants.SelectMany(tenant => Problems($"Quota.Tenants['{tenant.Key}']", tenant.Value.PerDay, tenant.Value.PerMonth)),
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(string field, int? day, int? month)
    {
        if (day < 1 || month < 1)
        {
            yield return $"{field}.PerDay is {day} and {field}.PerMonth is {month}; each must be 1 or more, or not set.";
        }

        if (day > month)
        {
            yield return $"{field}.PerDay is {day}, which {field}.PerMonth of {month} never lets happen. Lower the day's quota or raise the month's.";
        }
    }
}
