namespace Messaging.Benchmarks.Hosting;

internal sealed class MemoryBenchmarkStore : BenchmarkStore
{
    public override string Name => "memory";

    protected override Task<string> MakeAsync(string name) => Task.FromResult("");

    protected override Task RemoveAsync() => Task.CompletedTask;
}
