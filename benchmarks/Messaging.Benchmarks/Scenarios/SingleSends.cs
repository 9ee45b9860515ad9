using System.Diagnostics;
using Messaging.Benchmarks.Hosting;
using Messaging.Benchmarks.Measuring;

namespace Messaging.Benchmarks.Scenarios;

/// <summary>Callers that each await one send before the next, as request handlers do.</summary>
internal static class SingleSends
{
    /// <param name="hub">The hub.</param>
    /// <param name="n">Messages in all.</param>
    /// <param name="callers">Callers side by side.</param>
    /// <param name="request">Makes the request of a number.</param>
    /// <param name="latencies">Where each call's beginning is noted.</param>
    public static Task RunAsync(IMessageHub hub, int n, int callers, Func<int, SendRequest> request, Latencies? latencies = null)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) < n)
            {
                latencies?.Start(i);
                await hub.SendAsync(request(i));
            }
        })));
    }

    /// <summary>Sends raw content from a number on, for a time.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> ForAsync(IMessageHub hub, int callers, int first, int end, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var (next, sent) = (first - 1, 0);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            int i;
            while (Stopwatch.GetElapsedTime(started) < time && (i = Interlocked.Increment(ref next)) < end)
            {
                await hub.SendAsync(Plain(i));
                Interlocked.Increment(ref sent);
            }
        })));
        return sent;
    }

    public static SendRequest Booking(int i) => BookingMail.Definition.To(Recipient.Email(Numbers.Address(i)), BookingMail.Number(i));

    /// <summary>Raw content of 500 bytes, for what measures the queue and not the templates.</summary>
    public static SendRequest Plain(int i) => new() { To = Recipient.Email(Numbers.Address(i)), Channel = "email", Content = Body };

    public static MessageContent Body { get; } = new() { Subject = "Hello", Text = new string('x', 500) };
}
