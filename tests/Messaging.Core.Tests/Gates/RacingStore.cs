using Messaging.Storage;

namespace Messaging.Gates;

/// <summary>Lets somebody else be faster: what <see cref="Meanwhile"/> does falls between the read and the commit.</summary>
internal sealed class RacingStore(IMessageStore inner) : IMessageStore
{
    public Queue<Func<Task>> Meanwhile { get; } = [];

    public int Commits { get; private set; }

    public async ValueTask<IReadOnlyList<ChangeResult>> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        Commits++;
        if (Meanwhile.TryDequeue(out var others))
        {
            await others();
        }

        return await inner.CommitAsync(changes, cancellationToken);
    }
}
