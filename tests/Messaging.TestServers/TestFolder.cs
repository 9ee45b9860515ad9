namespace Messaging.TestServers;

/// <summary>A temporary folder that is removed at the end.</summary>
public sealed class TestFolder : IDisposable
{
    /// <summary>Creates the folder.</summary>
    public TestFolder(string name) => Path = Directory.CreateTempSubdirectory($"messaging-{name}-").FullName;

    /// <summary>Gets its full path.</summary>
    public string Path { get; }

    /// <summary>Creates a folder inside it.</summary>
    public string Folder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    /// <summary>Writes a file inside it.</summary>
    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A server that is just ending may still write; the folder is temporary anyway.
        }
    }
}
