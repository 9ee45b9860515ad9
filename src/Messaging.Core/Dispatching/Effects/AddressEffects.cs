using Messaging.Channels;
using Messaging.Gates;
using Messaging.Storage;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>What a failure that is the address's fault, or a recipient's word, does to later messages. Safe to do twice.</summary>
internal sealed class AddressEffects(ISuppressions suppressions, EntityEditor editor, IOptionsMonitor<BounceOptions> options, TimeProvider time)
{
    /// <summary>Applies a refusal that is the address's fault.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="address">The address.</param>
    /// <param name="reason">Why it was refused.</param>
    /// <param name="key">What reported it; the same key counts once.</param>
    /// <param name="source">Who says so, for the list of suppressions.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask RefusedAsync(TenantId tenant, Address address, RejectionReason reason, string key, string source, CancellationToken cancellationToken) => reason switch
    {
        RejectionReason.InvalidAddress or RejectionReason.UnknownRecipient => HardBouncedAsync(tenant, address, source, cancellationToken),
        RejectionReason.OptedOut => SuppressAsync(tenant, address, null, SuppressionReason.Unsubscribed, source, null, cancellationToken),
        _ => SoftBouncedAsync(tenant, address, key, source, cancellationToken),
    };

    /// <summary>Suppresses an address that does not exist.</summary>
    public ValueTask HardBouncedAsync(TenantId tenant, Address address, string source, CancellationToken cancellationToken) =>
        SuppressAsync(tenant, address, null, SuppressionReason.HardBounce, source, null, cancellationToken);

    /// <summary>Counts a soft bounce, and suppresses the address for a while when there were too many.</summary>
    public async ValueTask SoftBouncedAsync(TenantId tenant, Address address, string key, string source, CancellationToken cancellationToken)
    {
        var (current, now) = (options.CurrentValue, time.GetUtcNow());
        var hash = AddressHealth.HashOf(address);
        var count = await editor.EditAsync<AddressHealth, int>(tenant, hash, found => Count(found, tenant, hash, key, current, now), cancellationToken).ConfigureAwait(false);
        if (count >= current.SoftBounces)
        {
            await SuppressAsync(tenant, address, null, SuppressionReason.SoftBounces, source, now + current.SuppressFor, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Notes that a recipient complained or opted out. Mail is stopped for the message's category only, so that nobody loses a password reset over a newsletter.</summary>
    public ValueTask RefusedByRecipientAsync(StoredMessage message, Address address, SuppressionReason reason, string source, CancellationToken cancellationToken) =>
        SuppressAsync(message.Tenant, address, CategoryFor(message, address), reason, source, null, cancellationToken);

    /// <summary>Notes that a recipient opted in again.</summary>
    public async ValueTask WelcomedAsync(StoredMessage message, Address address, CancellationToken cancellationToken)
    {
        var suppression = Make(message.Tenant, address, CategoryFor(message, address), SuppressionReason.Unsubscribed, "recipient", null);
        await suppressions.RemoveAsync(suppression, byRecipient: true, cancellationToken).ConfigureAwait(false);
    }

    private static string? CategoryFor(StoredMessage message, Address address) => address.Kind == ChannelKinds.Email ? message.Category : null;

    private static (Change?, int) Count(Versioned<AddressHealth>? found, TenantId tenant, string hash, string key, BounceOptions options, DateTimeOffset now)
    {
        var bounces = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var (known, at) in found?.Value.Bounces ?? new Dictionary<string, DateTimeOffset>())
        {
            if (now - at < options.Within)
            {
                bounces[known] = at;
            }
        }

        if (!bounces.TryAdd(key, now))
        {
            return (null, bounces.Count);
        }

        var health = new AddressHealth { Tenant = tenant, Hash = hash, Bounces = bounces };
        return (new Change { Entities = [EntityChange.Put(health, found?.Version ?? 0)] }, bounces.Count);
    }

    private async ValueTask SuppressAsync(
        TenantId tenant, Address address, string? category, SuppressionReason reason, string source, DateTimeOffset? until, CancellationToken cancellationToken) =>
        await suppressions.AddAsync(Make(tenant, address, category, reason, source, until), cancellationToken).ConfigureAwait(false);

    private Suppression Make(TenantId tenant, Address address, string? category, SuppressionReason reason, string source, DateTimeOffset? until) => new()
    {
        Tenant = tenant,
        Address = address,
        Kind = address.Kind,
        Category = category,
        Reason = reason,
        Source = source,
        Since = time.GetUtcNow(),
        Until = until,
    };
}
