using Microsoft.Extensions.Options;

namespace Messaging.Gates;

/// <summary>Checks the window and that the zones exist here.</summary>
internal sealed class QuietHoursWindowValidator : IValidateOptions<QuietHoursOptions>
{
    public ValidateOptionsResult Validate(string? name, QuietHoursOptions options)
    {
        List<string> problems = [.. Zones(options)];
        if (options.From == options.To)
        {
            problems.Add($"QuietHours.From and QuietHours.To are both {options.From:HH:mm}: that is no window. Set the end later or earlier than the beginning, or leave out QuietHours(...).");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Zones(QuietHoursOptions options) =>
        from zone in options.TenantTimeZones.Select(tenant => (Field: $"TenantTimeZones['{tenant.Key}']", Id: tenant.Value)).Append((Field: "TimeZone", Id: options.TimeZone))
        where !TimeZoneInfo.TryFindSystemTimeZoneById(zone.Id, out _)
        select $"QuietHours.{zone.Field} is '{zone.Id}', which is no time zone here. Use an IANA name such as 'Europe/Warsaw'.";
}
