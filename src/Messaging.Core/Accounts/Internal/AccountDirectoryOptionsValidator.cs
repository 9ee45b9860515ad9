using Microsoft.Extensions.Options;

namespace Messaging.Channels;

internal sealed class AccountDirectoryOptionsValidator : IValidateOptions<AccountDirectoryOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountDirectoryOptions options) =>
        new OptionsCheck(nameof(AccountDirectoryOptions))
            .Range(nameof(options.CacheFor), options.CacheFor, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))
            .Range(nameof(options.CacheSize), options.CacheSize, 100, 1_000_000)
            .Range(nameof(options.MaxLiveChannels), options.MaxLiveChannels, 1, 100_000)
            .Result;
}
