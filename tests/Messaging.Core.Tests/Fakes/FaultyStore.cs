using Messaging.Storage;

namespace Messaging.Core.Fakes;

/// <summary>A store that fails when the test says so, before or after it has stored what it was given.</summary>
internal sealed class FaultyStore(IMessageStore inner) : IMessageStore
{
    /// <summary>Says what happens to a commit: <see langword="null"/> for nothing, <see langword="false"/> to fail before, <see langword="true"/> to fail after.</summary>
    public Func<IReadOnlyList<Change>, bool?>? Fault { get; set; }

    /// <summary>What happens between the decision to commit and the commit, once.</summary>
    public Func<IReadOnlyList<Change>, Task>? Before { get; set; }

    public async ValueTask<IReadOnlyList<ChangeResult>> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        if (Before is { } before)
        {
            Before = null;
            await before(changes);
        }

        var fault = Fault?.Invoke(changes);
        if (fault == false)
        {
            throw new IOException("The store is down.");
        }

        var results = await inner.CommitAsync(changes, cancellationToken);
        return fault == true ? throw new IOException("The connection to the store broke.") : results;
    }
}
