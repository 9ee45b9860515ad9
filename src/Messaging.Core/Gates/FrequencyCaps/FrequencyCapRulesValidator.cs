using Microsoft.Extensions.Options;

namespace Messaging.Gates;

/// <summary>Checks the period, and the caps of single categories.</summary>
internal sealed class FrequencyCapRulesValidator : IValidateOptions<FrequencyCapOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public ValidateOptionsResult Validate(string? name, FrequencyCapOptions options)
    {
        var problems = Periods("FrequencyCap.Period", options.Period)
            .Concat(options.Categories.SelectMany(rule => Problems(rule.Key, rule.Value, options)))
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Periods(string field, TimeSpan? period)
    {
        if (period < Shortest || period > Longest)
        {
            yield return $"{field} is {period}; it must be between {Shortest} and {Longest}.";
        }
    }

    private static IEnumerable<string> Problems(string category, FrequencyCapRule rule, FrequencyCapOptions options)
    {
        if (rule.Limit is < 1 or > 1000)
        {
            yield return $"FrequencyCap.Categories['{category}'].Limit is {rule.Limit}; it must be between 1 and 1000.";
        }

        foreach (var problem in Periods($"FrequencyCap.Categories['{category}'].Period", rule.Period))
        {
            yield return problem;
        }

        if (options.Bypass.Contains(category))
        {
            yield return $"FrequencyCap.Categories['{category}'] has a cap of {rule.Limit}, and FrequencyCap.Bypass says that '{category}' is not counted. Take it out of one of them.";
        }
    }
}
