namespace Messaging.Benchmarks.Hosting;

/// <param name="path">The directory in which journals are made; <see langword="null"/> for a temporary one.</param>
internal sealed class JournalBenchmarkStore(string? path) : BenchmarkStore
{
    private string? _made;

    public override string Name => "journal";

    protected override Task<string> MakeAsync(string name) => Task.FromResult(_made = Path.Combine(path ?? Path.GetTempPath(), name));

    protected override Task RemoveAsync()
    {
        if (_made is not null && Directory.Exists(_made))
        {
            Directory.Delete(_made, recursive: true);
        }

        _made = null;
        return Task.CompletedTask;
    }
}
