namespace Messaging.Sending;

/// <summary>Says whether this process may send what the store holds. Asked before every claim: answers from memory, and reads the store again after half a minute.</summary>
internal interface IEnvironmentGuard
{
    /// <summary>Returns why nothing may be sent now; <see langword="null"/> when all is well. Stamps a store that bears no stamp.</summary>
    ValueTask<Why?> CheckAsync(CancellationToken cancellationToken);
}
