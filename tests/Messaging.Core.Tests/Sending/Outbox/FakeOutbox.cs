using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>A host's database: what is committed stands in a list.</summary>
internal sealed class FakeOutbox : IIntakeSource
{
    private readonly Lock _gate = new();
    private readonly List<StagedMessage> _rows = [];
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => "test";

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _rows.Count;
            }
        }
    }

    /// <summary>Gets or sets whether the process dies between taking in and removing.</summary>
    public bool DiesBeforeRemoving { get; set; }

    public void Commit(params StagedMessage[] messages)
    {
        lock (_gate)
        {
            _rows.AddRange(messages);
            _wake.TrySetResult();
        }
    }

    public async ValueTask<int> DrainAsync(
        IntakeClaim claim, Func<IReadOnlyList<StagedMessage>, CancellationToken, ValueTask<IReadOnlyList<MessageId>>> takeIn, CancellationToken cancellationToken)
    {
        List<StagedMessage> batch;
        lock (_gate)
        {
            batch = [.. _rows.Where(row => row.Format <= claim.Format && !claim.Except.Contains(row.Id)).Take(claim.Max)];
        }

        if (batch.Count == 0)
        {
            return 0;
        }

        var done = await takeIn(batch, cancellationToken);
        if (DiesBeforeRemoving)
        {
            throw new IOException("The process died.");
        }

        lock (_gate)
        {
            _rows.RemoveAll(row => done.Contains(row.Id));
        }

        return batch.Count;
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_wake.Task.IsCompleted)
            {
                _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
                return Task.CompletedTask;
            }

            return _wake.Task.WaitAsync(cancellationToken);
        }
    }
}
