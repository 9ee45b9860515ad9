using Microsoft.Extensions.Options;

namespace Messaging.Sending;

/// <summary>Keeps staging from writing to customers: <see cref="MessagingOptions.Redirect"/> and <see cref="MessagingOptions.AllowedRecipients"/>.</summary>
internal sealed class RecipientGuard(IOptionsMonitor<MessagingOptions> options)
{
    /// <summary>Gets a value indicating whether everybody is written to, as in production.</summary>
    public bool IsOpen => options.CurrentValue is { Redirect.Count: 0, AllowedRecipients.Count: 0 };

    /// <summary>Returns where a message for an address goes.</summary>
    /// <param name="address">The address.</param>
    /// <param name="why">Why it goes nowhere.</param>
    /// <returns>The address, another one, or <see langword="null"/> for nowhere.</returns>
    public Address? Pass(Address address, out Why? why)
    {
        var now = options.CurrentValue;
        why = null;
        if (now is { Redirect.Count: 0, AllowedRecipients.Count: 0 } || IsAllowed(now, address))
        {
            return address;
        }

        if (now.Redirect.TryGetValue(address.Kind, out var instead))
        {
            return address with { Value = instead };
        }

        why = new Why(WhyCodes.NotAllowed, now.Redirect.Count > 0
            ? $"RedirectAll names no address of the kind {address.Kind}, so nothing of that kind is sent here."
            : "AllowRecipients does not name this recipient, so nothing is sent to them here.");
        return null;
    }

    private static bool IsAllowed(MessagingOptions options, Address address)
    {
        for (var i = 0; i < options.AllowedRecipients.Count; i++)
        {
            if (RecipientPattern.IsMatch(options.AllowedRecipients[i], address.Value))
            {
                return true;
            }
        }

        return false;
    }
}
