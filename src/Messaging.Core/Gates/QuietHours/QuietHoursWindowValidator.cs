using Microsoft.Extensions.Options;

namespace Messaging.Gates;

/// <summary>Checks the window and that the zone exists here.</summary>
internal sealed class QuietHoursWindowValidator : IValidateOptions<QuietHoursOptions>
{
    public ValidateOptionsResult Validate(string? name, QuietHoursOptions options)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone ?? "", out _))
        {
            return ValidateOptionsResult.Fail($"QuietHours.TimeZone is '{options.TimeZone}', which is no time zone here. Use an IANA name such as 'Europe/Warsaw'.");
        }

        return options.From != options.To
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"QuietHours.From and QuietHours.To are both {options.From:HH:mm}: that is no window. Set one of them earlier or later, or leave out QuietHours(...).");
    }
}
