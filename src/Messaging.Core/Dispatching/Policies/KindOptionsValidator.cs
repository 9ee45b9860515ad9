using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

internal sealed class KindOptionsValidator : IValidateOptions<KindOptions>
{
    public ValidateOptionsResult Validate(string? name, KindOptions options)
    {
        var check = new OptionsCheck($"ConfigureKind(\"{name}\")")
            .Range(nameof(options.MaxAttempts), options.MaxAttempts, 1, 1_000)
            .Range(nameof(options.AttemptTimeout), options.AttemptTimeout, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1))
            .When(options.RetryAfter is { Count: 0 }, $"ConfigureKind(\"{name}\").RetryAfter is empty; name at least one wait, or set MaxAttempts to 1.");
        for (var i = 0; i < options.RetryAfter?.Count; i++)
        {
            check.Range<TimeSpan>($"RetryAfter[{i}]", options.RetryAfter[i], TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
        }

        return check.Result;
    }
}
