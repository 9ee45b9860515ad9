using Microsoft.Extensions.Options;

namespace Messaging.Sending;

internal sealed class IntakeOptionsValidator : IValidateOptions<IntakeOptions>
{
    public ValidateOptionsResult Validate(string? name, IntakeOptions options) =>
        new OptionsCheck("ConfigureIntake")
            .Range(nameof(options.BatchSize), options.BatchSize, 1, 1_000)
            .Range(nameof(options.PollInterval), options.PollInterval, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1))
            .Range(nameof(options.GiveUpAfter), options.GiveUpAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30))
            .Result;
}
