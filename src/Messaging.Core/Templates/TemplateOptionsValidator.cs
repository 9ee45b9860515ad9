using Microsoft.Extensions.Options;

namespace Messaging.Templates;

internal sealed class TemplateOptionsValidator : IValidateOptions<TemplateOptions>
{
    public ValidateOptionsResult Validate(string? name, TemplateOptions options)
    {
        var problems = new List<string>();
        Range(problems, nameof(options.MaxOutputBytes), options.MaxOutputBytes, 1024, 64 * 1024 * 1024);
        Range(problems, nameof(options.MaxRenderTime), options.MaxRenderTime, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Range(problems, nameof(options.CacheFor), options.CacheFor, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
        Range(problems, nameof(options.CacheSize), options.CacheSize, 16, 1_000_000);
        Range(problems, nameof(options.WarmUp), options.WarmUp, 0, 1_000_000);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void Range<T>(List<string> problems, string option, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            problems.Add($"TemplateOptions.{option} is {value}; it must lie between {least} and {most}.");
        }
    }
}
