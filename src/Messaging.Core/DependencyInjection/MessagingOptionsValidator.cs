using System.Globalization;
using Messaging.Sending;
using Microsoft.Extensions.Options;

namespace Messaging;

/// <summary>Checks <see cref="MessagingOptions"/>: every text names the option, what it is, and what it may be.</summary>
internal sealed class MessagingOptionsValidator(AddressBook addresses) : IValidateOptions<MessagingOptions>
{
    public ValidateOptionsResult Validate(string? name, MessagingOptions options)
    {
        var problems = new List<string>();
        Locales(options, problems);
        Ranges(options, problems);
        Attachments(options.Attachments, problems);
        Expiries(options, problems);
        Redirects(options, problems);
        Tenants(options, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void Locales(MessagingOptions options, List<string> problems)
    {
        Locale(nameof(options.DefaultLocale), options.DefaultLocale ?? "", problems);
        Zone(nameof(options.TimeZone), options.TimeZone, problems);
        if (options.Environment is { } environment && (string.IsNullOrWhiteSpace(environment) || environment.Length > 100))
        {
            problems.Add("MessagingOptions.Environment must be a name of 1 to 100 characters, such as 'staging'.");
        }
    }

    private static void Ranges(MessagingOptions options, List<string> problems)
    {
        Between(nameof(options.IdempotencyWindow), options.IdempotencyWindow, TimeSpan.FromMinutes(1), TimeSpan.FromDays(366), problems);
        Between(nameof(options.PastTolerance), options.PastTolerance, TimeSpan.Zero, TimeSpan.FromHours(1), problems);
        Between(nameof(options.MaxSchedule), options.MaxSchedule, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3660), problems);
        Between(nameof(options.MaxRecipients), options.MaxRecipients, 1, 10_000, problems);
        Between(nameof(options.MaxBodyBytes), options.MaxBodyBytes, 1024, 64 * 1024 * 1024, problems);
        Between(nameof(options.BulkChunkSize), options.BulkChunkSize, 1, 10_000, problems);
        Between(nameof(options.BulkChunkInterval), options.BulkChunkInterval, TimeSpan.Zero, TimeSpan.FromMinutes(1), problems);
    }

    private static void Attachments(AttachmentOptions options, List<string> problems)
    {
        Between("Attachments.MaxCount", options.MaxCount, 0, 1_000, problems);
        Between("Attachments.MaxInlineBytes", options.MaxInlineBytes, 0, 64 * 1024 * 1024, problems);
        Between("Attachments.MaxBytes", options.MaxBytes, 0, 1024L * 1024 * 1024, problems);
        Between("Attachments.MaxTotalBytes", options.MaxTotalBytes, 0, 1024L * 1024 * 1024, problems);
        Between("Attachments.KeepFor", options.KeepFor, TimeSpan.Zero, TimeSpan.FromDays(366), problems);
        if (options.MaxBytes > options.MaxTotalBytes)
        {
            problems.Add(
                $"MessagingOptions.Attachments.MaxBytes ({options.MaxBytes}) must not be more than Attachments.MaxTotalBytes ({options.MaxTotalBytes}).");
        }
    }

    private static void Expiries(MessagingOptions options, List<string> problems)
    {
        foreach (var (kind, expiry) in options.Expiry)
        {
            Between($"Expiry[{kind}]", expiry, TimeSpan.FromSeconds(1), TimeSpan.FromDays(366), problems);
        }
    }

    private void Redirects(MessagingOptions options, List<string> problems)
    {
        foreach (var (kind, address) in options.Redirect)
        {
            if (!addresses.TryNormalize(new Address(kind, address ?? ""), out _, out var problem))
            {
                problems.Add($"RedirectAll: the {kind} address to send everything to is not valid. {problem}");
            }
        }

        foreach (var pattern in options.AllowedRecipients)
        {
            if (!RecipientPattern.IsValid(pattern))
            {
                problems.Add(
                    $"AllowRecipients: '{pattern}' is not a pattern. Give an address (anna@example.com), a domain (@example.com) or a beginning (+48*).");
            }
        }
    }

    private static void Tenants(MessagingOptions options, List<string> problems)
    {
        foreach (var (tenant, settings) in options.Tenants)
        {
            if (settings?.Locale is { } locale)
            {
                Locale($"Tenants[{tenant}].Locale", locale, problems);
            }

            Zone($"Tenants[{tenant}].TimeZone", settings?.TimeZone, problems);
        }
    }

    private static void Locale(string option, string value, List<string> problems)
    {
        if (!Cultures.IsKnown(value))
        {
            problems.Add($"MessagingOptions.{option} is '{value}', which is no known locale. Give a BCP 47 name such as 'en' or 'pl-PL'.");
        }
    }

    private static void Zone(string option, string? value, List<string> problems)
    {
        if (value is not null && Cultures.Zone(value) is null)
        {
            problems.Add($"MessagingOptions.{option} is '{value}', which is no known time zone. Give an IANA name such as 'Europe/Warsaw'.");
        }
    }

    private static void Between<T>(string option, T value, T least, T most, List<string> problems)
        where T : struct, IComparable<T>, IFormattable
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"MessagingOptions.{option} is {value}; it must be between {least} and {most}."));
        }
    }
}
