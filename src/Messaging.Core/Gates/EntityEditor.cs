using Messaging.Storage;

namespace Messaging.Gates;

/// <summary>Changes an entity from what it is, however many others do so at the same time.</summary>
internal sealed class EntityEditor(IEntityStore entities, IMessageStore store)
{
    /// <summary>Reads, decides, commits; and once more from the beginning when somebody was faster.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="key">The entity's key.</param>
    /// <param name="decide">Makes the change of what is there now (<see langword="null"/>: nothing), with the expected version in it. No change means that all is well.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<TResult> EditAsync<T, TResult>(
        TenantId tenant, string key, Func<Versioned<T>?, (Change? Change, TResult Result)> decide, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        while (true)
        {
            var (change, result) = decide(await entities.GetAsync<T>(tenant, key, cancellationToken).ConfigureAwait(false));
            if (change is null || await CommitAsync(change, cancellationToken).ConfigureAwait(false))
            {
                return result;
            }
        }
    }

    private async ValueTask<bool> CommitAsync(Change change, CancellationToken cancellationToken)
    {
        var results = await store.CommitAsync([change], cancellationToken).ConfigureAwait(false);
        return results[0].Status switch
        {
            ChangeStatus.Applied => true,
            ChangeStatus.VersionConflict => false,
            var status => throw new InvalidOperationException($"The store answered {status} to the change of an entity; Applied or VersionConflict was expected."),
        };
    }
}
