using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

internal sealed class BreakerOptionsValidator : IValidateOptions<BreakerOptions>
{
    public ValidateOptionsResult Validate(string? name, BreakerOptions options) =>
        new OptionsCheck("ConfigureBreaker")
            .Range(nameof(options.Failures), options.Failures, 1, 10_000)
            .Range(nameof(options.Window), options.Window, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))
            .Range(nameof(options.OpenFor), options.OpenFor, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))
            .Range(nameof(options.MaxOpenFor), options.MaxOpenFor, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1))
            .When(options.MaxOpenFor < options.OpenFor, $"ConfigureBreaker.MaxOpenFor is {options.MaxOpenFor}, shorter than OpenFor, {options.OpenFor}.")
            .Result;
}
