namespace Messaging.Storage.Journal.Support;

/// <summary>A directory of its own, gone afterwards.</summary>
internal sealed class TestDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("messaging-journal-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
