using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>A context whose outbox is drained.</summary>
internal abstract class OutboxRegistration(Type context)
{
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Type Context => context;

    /// <summary>Gets or sets the table, once somebody asked for it.</summary>
    public IntakeTable? Table { get; set; }

    /// <summary>Makes a context, in a scope that the caller disposes.</summary>
    public abstract DbContext Create(IServiceProvider scope);

    /// <summary>Says that something was committed.</summary>
    public void Wake() => Volatile.Read(ref _wake).TrySetResult();

    /// <summary>Completes after the next commit, or at once when there was one since the last wait.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var wake = Volatile.Read(ref _wake);
        if (!wake.Task.IsCompleted)
        {
            return wake.Task.WaitAsync(cancellationToken);
        }

        Interlocked.CompareExchange(ref _wake, new(TaskCreationOptions.RunContinuationsAsynchronously), wake);
        return Task.CompletedTask;
    }
}
