namespace Messaging.TestServers;

/// <summary>Where the npm oracles are installed.</summary>
public static class Oracles
{
    /// <summary>Gets the folder <c>tests/oracles</c>, with its packages installed.</summary>
    /// <exception cref="InvalidOperationException">The packages are not installed.</exception>
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "tests", "oracles");
            if (File.Exists(Path.Combine(at.FullName, "Messaging.sln")))
            {
                return Directory.Exists(Path.Combine(folder, "node_modules"))
                    ? folder
                    : throw new InvalidOperationException("The test oracles are not installed. Run `npm ci` in tests/oracles, or ./test.sh.");
            }
        }

        throw new InvalidOperationException("The tests run outside the repository, so tests/oracles cannot be found.");
    }
}
