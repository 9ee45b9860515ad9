using Microsoft.Extensions.Options;

namespace Messaging.Receiving;

internal sealed class EventHandlerOptionsValidator : IValidateOptions<EventHandlerOptions>
{
    public ValidateOptionsResult Validate(string? name, EventHandlerOptions options) =>
        new OptionsCheck("ConfigureEventHandlers")
            .Range(nameof(options.MaxAttempts), options.MaxAttempts, 1, 100)
            .Range(nameof(options.FirstWait), options.FirstWait, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))
            .Range(nameof(options.LongestWait), options.LongestWait, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1))
            .Result;
}
