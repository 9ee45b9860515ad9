using Microsoft.Extensions.Options;

namespace Messaging.Storage.Memory;

internal sealed class MemoryStoreOptionsValidator : IValidateOptions<MemoryStoreOptions>
{
    private static readonly TimeSpan Most = TimeSpan.FromDays(3650);

    public ValidateOptionsResult Validate(string? name, MemoryStoreOptions options)
    {
        var problems = new List<string>();
        Check(nameof(options.KeepHistoryFor), options.KeepHistoryFor, TimeSpan.FromSeconds(1), problems);
        Check(nameof(options.KeepStatisticsFor), options.KeepStatisticsFor, TimeSpan.FromHours(1), problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void Check(string option, TimeSpan value, TimeSpan least, List<string> problems)
    {
        if (value < least || value > Most)
        {
            problems.Add($"MemoryStoreOptions.{option} is {value}. Set it between {least} and {Most}.");
        }
    }
}
