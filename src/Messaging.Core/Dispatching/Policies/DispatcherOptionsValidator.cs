using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

internal sealed class DispatcherOptionsValidator : IValidateOptions<DispatcherOptions>
{
    public ValidateOptionsResult Validate(string? name, DispatcherOptions options) =>
        new OptionsCheck("ConfigureDispatcher")
            .Range(nameof(options.Concurrency), options.Concurrency, 1, 1_000)
            .Range(nameof(options.BatchSize), options.BatchSize, 1, 5_000)
            .Range(nameof(options.Capacity), options.Capacity, 1, 100_000)
            .Range(nameof(options.LaneReservePercent), options.LaneReservePercent, 0, 25)
            .Range(nameof(options.LeaseFor), options.LeaseFor, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(30))
            .Range(nameof(options.MaxClaims), options.MaxClaims, 1, 100)
            .Range(nameof(options.StopWithin), options.StopWithin, TimeSpan.Zero, TimeSpan.FromMinutes(10))
            .Result;
}
