using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Messaging.Channels;

/// <summary>The host's accounts and groups as the options stand now. A change that cannot be read keeps the account as it was.</summary>
internal sealed partial class HostAccounts : IDisposable
{
    private readonly IServiceProvider _services;
    private readonly ILogger<HostAccounts> _logger;
    private readonly AccountRegistration[] _registrations;
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Lock _gate = new();
    private volatile Dictionary<string, ChannelAccount>? _accounts;

    public HostAccounts(IServiceProvider services, IEnumerable<AccountRegistration> registrations, IEnumerable<AccountGroup> groups, ILogger<HostAccounts> logger)
    {
        _services = services;
        _logger = logger;
        _registrations = [.. registrations];
        HostAccountNames.Check(_registrations, [.. groups]);
        Groups = groups.ToFrozenDictionary(g => g.Name, StringComparer.Ordinal);
        Names = [.. _registrations.Select(r => r.Name).Concat(Groups.Keys).Order(StringComparer.Ordinal)];
        Subscribe();
    }

    /// <summary>Raised after an account got a new version.</summary>
    public event Action<string>? Changed;

    public IReadOnlyList<string> Names { get; }

    public FrozenDictionary<string, AccountGroup> Groups { get; }

    /// <summary>Finds an account by name.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options of some account are wrong.</exception>
    public ChannelAccount? Find(string name) => (_accounts ?? Load()).GetValueOrDefault(name);

    /// <summary>Lists the accounts of a kind, in the order of registration.</summary>
    public IReadOnlyList<ChannelAccount> OfKind(string kind)
    {
        List<ChannelAccount> found = [];
        foreach (var registration in _registrations)
        {
            if (registration.Kind == kind && Find(registration.Name) is { } account)
            {
                found.Add(account);
            }
        }

        return found;
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    private void Subscribe()
    {
        foreach (var registration in _registrations)
        {
            if (registration.OnChange?.Invoke(_services, () => Reload(registration)) is { } subscription)
            {
                _subscriptions.Add(subscription);
            }
        }
    }

    private Dictionary<string, ChannelAccount> Load()
    {
        lock (_gate)
        {
            return _accounts ??= _registrations.ToDictionary(r => r.Name, r => r.Describe(_services), StringComparer.Ordinal);
        }
    }

    private void Reload(AccountRegistration registration)
    {
        if (_accounts is null)
        {
            return;
        }

        try
        {
            var account = registration.Describe(_services);
            lock (_gate)
            {
                _accounts = new(_accounts!, StringComparer.Ordinal) { [registration.Name] = account };
            }
        }
        catch (Exception e)
        {
            Log.ReloadFailed(_logger, registration.Name, e);
            return;
        }

        Log.Reloaded(_logger, registration.Name);
        Changed?.Invoke(registration.Name);
    }
}
