using Messaging.Benchmarks.Measuring;
using Messaging.Channels;

namespace Messaging.Benchmarks.Hosting;

/// <summary>Takes everything at once, checks that content is there, and counts each numbered recipient.</summary>
internal sealed class CountingChannel(int n, Latencies? latencies = null, int minBodyBytes = 1) : IChannel
{
    private readonly int[] _seen = new int[n];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _bad;

    public ChannelCapabilities Capabilities { get; } = new()
    {
        Kind = ChannelKinds.Email, Subject = true, Html = true, Attachments = true, ExtraRecipients = true, MaxRecipients = 100,
    };

    /// <summary>Completes when every number has arrived.</summary>
    public Task All => _all.Task;

    public int Count => Volatile.Read(ref _count);

    public int Bad => Volatile.Read(ref _bad);

    public long Lost => _seen.LongCount(seen => seen == 0);

    public long Duplicated => _seen.Sum(seen => Math.Max(0L, seen - 1));

    public Action<int>? Arrived { get; set; }

    /// <summary>Waits until so many have arrived.</summary>
    /// <exception cref="OperationCanceledException">Not within five minutes.</exception>
    public async Task WaitForAsync(int count)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (Count < count)
        {
            await Task.Delay(1, timeout.Token);
        }
    }

    public ValueTask<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var i = Numbers.Of(message.To.Address.Value);
        latencies?.Arrive(i);
        if (message.Html.Utf8.Length + message.Text.Utf8.Length < minBodyBytes)
        {
            Interlocked.Increment(ref _bad);
        }

        Arrived?.Invoke(i);
        if (Interlocked.Increment(ref _seen[i]) == 1 && Interlocked.Increment(ref _count) == n)
        {
            _all.TrySetResult();
        }

        return ValueTask.FromResult<SendResult>(new SendResult.Accepted(null));
    }
}
