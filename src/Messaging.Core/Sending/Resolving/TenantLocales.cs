using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Messaging.Sending;

/// <summary>Locales and time zones of tenants: the options first, field by field, then what the host keeps, for a minute, then the suite's.</summary>
internal sealed class TenantLocales(IOptionsMonitor<MessagingOptions> options, TimeProvider time, ITenantSettings? host = null)
{
    private const int Bound = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<TenantId, Answer> _known = new();

    public ValueTask<TenantLocale> FindAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var now = options.CurrentValue;
        now.Tenants.TryGetValue(tenant.Value, out var own);
        if (host is null || own is { Locale: not null, TimeZone: not null })
        {
            return new(Combine(now, own, null));
        }

        return _known.TryGetValue(tenant, out var known) && time.GetUtcNow() - known.At < Fresh
            ? new(Combine(now, own, known.Settings))
            : AskAsync(host, tenant, now, own, cancellationToken);
    }

    private async ValueTask<TenantLocale> AskAsync(
        ITenantSettings settings, TenantId tenant, MessagingOptions now, TenantSettings? own, CancellationToken cancellationToken)
    {
        var found = await settings.FindAsync(tenant, cancellationToken).ConfigureAwait(false);
        if (_known.Count >= Bound)
        {
            _known.Clear();
        }

        _known[tenant] = new Answer(found, time.GetUtcNow());
        return Combine(now, own, found);
    }

    /// <summary>A locale that the host's database misspells is no reason to refuse a message.</summary>
    private static TenantLocale Combine(MessagingOptions suite, TenantSettings? own, TenantSettings? host) => new(
        own?.Locale ?? (Cultures.IsKnown(host?.Locale) ? host.Locale : suite.DefaultLocale),
        own?.TimeZone ?? (Cultures.Zone(host?.TimeZone) is null ? suite.TimeZone : host!.TimeZone));

    private sealed record Answer(TenantSettings? Settings, DateTimeOffset At);
}
