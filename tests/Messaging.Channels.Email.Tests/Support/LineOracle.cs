using System.Diagnostics;
using System.Text.Json;
using Messaging.TestServers;

namespace Messaging.Channels.Email;

/// <summary>An independent reader in a process of its own: a line goes in, a line of JSON comes out.</summary>
public sealed class LineOracle : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Process _process;

    public LineOracle(string program, string script)
    {
        _process = Process.Start(new ProcessStartInfo(program, Path.Combine(Oracles.Folder, script))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Oracles.Folder,
        })!;
    }

    public async Task<JsonElement> AskAsync(string line)
    {
        await _turn.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
            var answer = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            return JsonSerializer.Deserialize<JsonElement>(answer ?? throw new InvalidOperationException("The oracle ended; see its error output."));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        _turn.Dispose();
    }
}
