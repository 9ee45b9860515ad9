using BenchmarkDotNet.Attributes;
using Messaging.Storage;

namespace Messaging.Benchmarks.Micro;

[MemoryDiagnoser]
public class EvidenceBenchmarks
{
    private static readonly DateTimeOffset At = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Evidence _sent = Evidence.None.With(MessageEventType.Submitted, At);
    private readonly Evidence _read = Evidence.None.With(MessageEventType.Sent, At).With(MessageEventType.Delivered, At).With(MessageEventType.Read, At);

    [GlobalSetup]
    public void Check()
    {
        if (!_sent.Merge(_read).Equals(_read.Merge(_sent)) || Project() != DeliveryStatus.Read)
        {
            throw new InvalidOperationException("The order of evidence makes a difference.");
        }
    }

    [Benchmark(Baseline = true)]
    public Evidence With() => _sent.With(MessageEventType.Delivered, At);

    [Benchmark]
    public Evidence Merge() => _sent.Merge(_read);

    [Benchmark]
    public DeliveryStatus Project() => DeliveryStatusProjection.Project(WorkState.Done, 1, _read);
}
