using Microsoft.Extensions.Options;

namespace Messaging.Storage.Journal;

internal sealed class JournalOptionsValidator : IValidateOptions<JournalOptions>
{
    private const int Smallest = 1024 * 1024;
    private const int Largest = 1024 * 1024 * 1024;
    private const long Terabyte = 1024L * Largest;

    private static readonly TimeSpan Most = TimeSpan.FromDays(3650);

    public ValidateOptionsResult Validate(string? name, JournalOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            problems.Add("JournalOptions.Path is empty. Name the directory of the journal: UseJournal(\"data/messaging\").");
        }

        if (!Enum.IsDefined(options.Durability))
        {
            problems.Add($"JournalOptions.Durability is {(int)options.Durability}. Use one of {string.Join(", ", Enum.GetNames<JournalDurability>())}.");
        }

        if (options.SegmentSize is < Smallest or > Largest)
        {
            problems.Add($"JournalOptions.SegmentSize is {options.SegmentSize}. Set it between {Smallest} (1 MiB) and {Largest} (1 GiB).");
        }

        Check(nameof(options.CompactAfter), options.CompactAfter, problems);
        Check(nameof(options.BodiesInMemory), options.BodiesInMemory, problems);
        Check(nameof(options.RecordsInMemory), options.RecordsInMemory, problems);
        Check(nameof(options.EraseWithin), options.EraseWithin, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30), problems);
        Check(nameof(options.FlushInterval), options.FlushInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), problems);
        Check(nameof(options.LockTimeout), options.LockTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10), problems);
        Check(nameof(options.KeepHistoryFor), options.KeepHistoryFor, TimeSpan.FromSeconds(1), Most, problems);
        Check(nameof(options.KeepStatisticsFor), options.KeepStatisticsFor, TimeSpan.FromHours(1), Most, problems);
        CheckClasses(options, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckClasses(JournalOptions options, List<string> problems)
    {
        var least = TimeSpan.FromSeconds(1);
        Check(nameof(options.KeepContentsFor), options.KeepContentsFor ?? Most, least, Most, problems);
        Check(nameof(options.KeepDeadLettersFor), options.KeepDeadLettersFor ?? Most, least, Most, problems);
        foreach (var (category, kept) in options.KeepCategoriesFor)
        {
            Check($"{nameof(options.KeepCategoriesFor)}[\"{category}\"]", kept, least, Most, problems);
        }
    }

    private static void Check(string option, long value, List<string> problems)
    {
        if (value is < Smallest or > Terabyte)
        {
            problems.Add($"JournalOptions.{option} is {value}. Set it between {Smallest} (1 MiB) and {Terabyte} (1 TiB).");
        }
    }

    private static void Check(string option, TimeSpan value, TimeSpan least, TimeSpan most, List<string> problems)
    {
        if (value < least || value > most)
        {
            problems.Add($"JournalOptions.{option} is {value}. Set it between {least} and {most}.");
        }
    }
}
