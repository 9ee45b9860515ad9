namespace Messaging.Testing;

public sealed partial class TestMessaging
{
    /// <summary>Work that makes work without end would make a test run for ever.</summary>
    private const int MostRounds = 100_000;

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Takes in what the host's transactions committed, does everything that is due, and what follows from it, until nothing is due. The clock stands still.</summary>
    /// <returns>How many pieces of work were done.</returns>
    /// <exception cref="TestMessagingException">There is no end to it.</exception>
    public async Task<int> DrainAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await WorkAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lets time pass: stops at every moment at which work becomes due, and does it.</summary>
    /// <param name="by">How long; zero or more.</param>
    /// <param name="cancellationToken">Stops on the way.</param>
    /// <returns>How many pieces of work were done.</returns>
    public async Task<int> AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await AdvanceToAsync(Now + by, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<int> AdvanceToAsync(DateTimeOffset target, CancellationToken cancellationToken)
    {
        var done = await WorkAsync(cancellationToken).ConfigureAwait(false);
        while (Now < target)
        {
            var depth = await _queue.MeasureAsync(cancellationToken).ConfigureAwait(false);
            var stop = depth.NextDue is { } due && due > Now && due < target ? due : target;
            _clock.Advance(stop - Now);
            done += await WorkAsync(cancellationToken).ConfigureAwait(false);
        }

        return done;
    }

    private async Task<int> WorkAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        for (var round = 0; round < MostRounds; round++)
        {
            var claimed = await _intake.StepAsync(cancellationToken).ConfigureAwait(false) + await _dispatcher.StepAsync(cancellationToken).ConfigureAwait(false);
            if (claimed == 0)
            {
                return done;
            }

            done += claimed;
        }

        throw new TestMessagingException($"There was still work after {MostRounds} rounds: something makes new work, or is due again, without the clock moving. {Describe()}");
    }
}
