using Messaging.Storage;
using Microsoft.Extensions.Options;

namespace Messaging.Sending;

/// <summary>Drains one host's database, a batch at a time.</summary>
internal sealed class IntakeDrain(IIntakeSource source, MessageStaging staging, IOptionsMonitor<IntakeOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly IntakePatience _patience = new(time);

    public IIntakeSource Source => source;

    /// <summary>Takes in one batch.</summary>
    /// <returns>How many were handed over, and how many of these are dealt with.</returns>
    public async ValueTask<(int Read, int Done)> StepAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var done = 0;
            var claim = new IntakeClaim { Max = options.CurrentValue.BatchSize, Format = staging.Format, Except = _patience.Waiting() };
            var read = await source.DrainAsync(
                claim,
                async (messages, token) =>
                {
                    var taken = await TakeInAsync(messages, token).ConfigureAwait(false);
                    done = taken.Count;
                    return taken;
                },
                cancellationToken).ConfigureAwait(false);
            return (read, done);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async ValueTask<IReadOnlyList<MessageId>> TakeInAsync(IReadOnlyList<StagedMessage> messages, CancellationToken cancellationToken)
    {
        var done = await staging.TakeInAsync(messages, cancellationToken).ConfigureAwait(false);
        if (done.Count == messages.Count)
        {
            return done;
        }

        var all = new HashSet<MessageId>(done);
        foreach (var message in messages)
        {
            if (!all.Contains(message.Id) && await IsGivenUpAsync(message, cancellationToken).ConfigureAwait(false))
            {
                all.Add(message.Id);
            }
        }

        foreach (var id in all)
        {
            _patience.Done(id);
        }

        return [.. all];
    }

    private async ValueTask<bool> IsGivenUpAsync(StagedMessage message, CancellationToken cancellationToken)
    {
        _patience.Failed(message.Id);
        if (!_patience.IsOver(message.Id, options.CurrentValue.GiveUpAfter))
        {
            return false;
        }

        await staging.GiveUpAsync(message, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
