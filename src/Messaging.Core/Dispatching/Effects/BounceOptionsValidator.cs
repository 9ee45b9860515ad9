using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

internal sealed class BounceOptionsValidator : IValidateOptions<BounceOptions>
{
    public ValidateOptionsResult Validate(string? name, BounceOptions options) =>
        new OptionsCheck("ConfigureBounces")
            .Range(nameof(options.SoftBounces), options.SoftBounces, 1, 100)
            .Range(nameof(options.Within), options.Within, TimeSpan.FromHours(1), TimeSpan.FromDays(366))
            .Range(nameof(options.SuppressFor), options.SuppressFor, TimeSpan.FromHours(1), TimeSpan.FromDays(3660))
            .Result;
}
