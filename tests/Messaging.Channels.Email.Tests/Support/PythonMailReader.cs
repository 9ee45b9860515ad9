using System.Text.Json;

namespace Messaging.Channels.Email;

/// <summary>The e-mail package of Python's standard library; absent where there is no Python.</summary>
public sealed class PythonMailReader : IDisposable
{
    private readonly LineOracle? _oracle = IsInstalled ? new("python3", "read_mail.py") : null;

    private static bool IsInstalled { get; } = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "python3")));

    public void Dispose() => _oracle?.Dispose();

    /// <summary>Reads a mail; null without Python.</summary>
    public async Task<JsonElement?> ReadAsync(byte[] mail) => _oracle is null ? null : await _oracle.AskAsync(Convert.ToBase64String(mail));
}
