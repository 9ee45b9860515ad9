using BenchmarkDotNet.Attributes;

namespace Messaging.Benchmarks.Micro;

[MemoryDiagnoser]
public class IdGeneratorBenchmarks
{
    private readonly IdGenerator _ids = new(TimeProvider.System);

    [GlobalSetup]
    public void Check()
    {
        if (_ids.Next() is var first && _ids.Next().CompareTo(first) <= 0)
        {
            throw new InvalidOperationException("Ids do not grow.");
        }
    }

    [Benchmark(Baseline = true)]
    public Guid Framework() => Guid.CreateVersion7();

    [Benchmark]
    public Guid Ours() => _ids.Next();
}
