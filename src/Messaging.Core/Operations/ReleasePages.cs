using Messaging.Storage;

namespace Messaging.Operations;

/// <summary>Releases everything that is parked under a key, page by page: a commit holds so many rows and no more.</summary>
internal static class ReleasePages
{
    /// <summary>What one commit releases at most: a store works on one commit at a time.</summary>
    public const int Page = 5_000;

    public static async ValueTask ReleaseAllAsync(this IMessageStore store, string parkKey, CancellationToken cancellationToken)
    {
        Change[] release = [new() { Releases = [new Release(parkKey, Page)] }];
        IReadOnlyList<ChangeResult> results;
        do
        {
            results = await store.CommitAsync(release, cancellationToken).ConfigureAwait(false);
        }
        while (results[0].Released == Page);
    }
}
