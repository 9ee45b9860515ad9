using Messaging.Crash.Child;
using Messaging.Crash.Counting;

namespace Messaging.Reliability;

/// <summary>Callers that ask again, under the same key, when they got no answer, as a careful client does.</summary>
internal sealed class PatientCallers(IMessageHub hub, Ledger ledger)
{
    private const int Callers = 16;
    private volatile TaskCompletionSource _up = Done();
    private int _failures;

    /// <summary>Gets how many sends were not answered.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Says that there is no point in asking again before <see cref="GoOn"/>.</summary>
    public void HoldOn() => _up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void GoOn() => _up.TrySetResult();

    /// <summary>Sends numbers from 0 on; completes when all of them are acknowledged.</summary>
    public Task SendAsync(int count)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            int number;
            while ((number = Interlocked.Increment(ref next)) < count)
            {
                await SendUntilAnsweredAsync(number);
                ledger.Promise(number);
            }
        })));
    }

    private async Task SendUntilAnsweredAsync(int number)
    {
        while (true)
        {
            try
            {
                var receipt = await hub.SendAsync(Booking.Request(number));
                Assert.True(receipt.Status is SendStatus.Accepted or SendStatus.Duplicate, $"{number}: {receipt.Status}");
                return;
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Interlocked.Increment(ref _failures);
                await _up.Task;
            }
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
