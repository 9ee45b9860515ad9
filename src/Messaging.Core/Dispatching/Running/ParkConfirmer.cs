using Messaging.Gates;
using Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Messaging.Dispatching;

/// <summary>Lets go of what was held for a pause that somebody lifted between the gate and the commit. Not thread safe: whoever commits has its own.</summary>
internal sealed partial class ParkConfirmer(ParkedWork parked, ILogger<ParkConfirmer> logger)
{
    private readonly HashSet<(TenantId Tenant, string Key)> _keys = [];

    /// <summary>Notes what a change that is to be committed parks.</summary>
    public void Note(HeldWork? held, Change change)
    {
        if (held?.Work.Delivery is { Delivery.Tenant: var tenant } && change.Settles is [{ ParkKey: { } key }] && ParkKeys.IsPause(key))
        {
            _keys.Add((tenant, key));
        }
    }

    /// <summary>Looks at it again, once it is committed.</summary>
    public ValueTask ConfirmAsync() => _keys.Count == 0 ? default : ConfirmAllAsync();

    private async ValueTask ConfirmAllAsync()
    {
        foreach (var (tenant, key) in _keys)
        {
            try
            {
                await parked.ConfirmAsync(tenant, key, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                Log.NotConfirmed(logger, e);
            }
        }

        _keys.Clear();
    }

    private static partial class Log
    {
        [LoggerMessage(1233, LogLevel.Error, "What was held for a pause could not be looked at again; if the pause was lifted meanwhile, resume it once more.", EventName = "ParkNotConfirmed")]
        public static partial void NotConfirmed(ILogger logger, Exception exception);
    }
}
