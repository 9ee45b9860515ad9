using Messaging.Channels;

namespace Messaging.Core.Fakes;

/// <summary>Holds provider calls until the test opens it.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    /// <summary>Waits, and honours cancellation as a channel does before the first byte leaves.</summary>
    public async ValueTask<SendResult> PassAsync(CancellationToken cancellationToken)
    {
        await _open.Task.WaitAsync(cancellationToken);
        return new SendResult.Accepted(Guid.NewGuid().ToString());
    }

    /// <summary>Waits, whatever anybody says.</summary>
    public async ValueTask<SendResult> InsistAsync()
    {
        await _open.Task;
        return new SendResult.Accepted(Guid.NewGuid().ToString());
    }
}
