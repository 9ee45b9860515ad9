using System.Diagnostics;
using System.Globalization;
using System.Text;
using Messaging.Crash.Child;
using Messaging.Crash.Counting;

namespace Messaging.Crash.Killing;

/// <summary>The sender as a process of its own; its acknowledgements go into the ledger as they come.</summary>
public sealed class SenderProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Ledger _ledger;
    private readonly Task _reading;
    private readonly Task<string> _errors;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly StringBuilder _said = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    private SenderProcess(Process process, Ledger ledger)
    {
        (_process, _ledger) = (process, ledger);
        _errors = process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    /// <summary>Gets a task that completes when its host has started, and fails when the process ends before.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Gets what it said beside acknowledgements.</summary>
    public string Said
    {
        get
        {
            lock (_gate)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Starts it.</summary>
    public static SenderProcess Start(SenderOptions options, Ledger ledger)
    {
        ArgumentNullException.ThrowIfNull(options);
        var start = new ProcessStartInfo("dotnet", [typeof(SenderProcess).Assembly.Location, .. options.ToArguments()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new SenderProcess(Process.Start(start)!, ledger);
    }

    /// <summary>Kills it as the system would: it learns nothing of it (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    /// <summary>Stops all its threads where they are (SIGSTOP).</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on (SIGCONT).</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>Waits until it says a line with a text in it.</summary>
    public Task SaysAsync(string text)
    {
        lock (_gate)
        {
            if (_said.ToString().Contains(text, StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((text, seen));
            return seen.Task;
        }
    }

    /// <summary>Tells it to stop as an orchestrator does (SIGTERM), and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        return await EndAsync();
    }

    /// <summary>Tells it to stop, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        _process.StandardInput.Close();
        await EndAsync();
        return _process.ExitCode;
    }

    /// <summary>Waits until it ends by itself; says what it printed when it failed.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>Returns what it wrote to its error output; complete when it has ended.</summary>
    public Task<string> ErrorsAsync() => _errors;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await EndAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ack ", StringComparison.Ordinal) && int.TryParse(line.AsSpan(4), CultureInfo.InvariantCulture, out var number))
            {
                _ledger.Promise(number);
            }
            else
            {
                Note(line);
            }
        }

        _ready.TrySetException(new InvalidOperationException($"The sender ended before it was ready. It said: {Said}"));
        _ = _ready.Task.Exception;
    }

    private void Note(string line)
    {
        if (line == "ready")
        {
            _ready.TrySetResult();
        }

        lock (_gate)
        {
            _said.AppendLine(line);
            foreach (var (text, seen) in _awaited)
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    seen.TrySetResult();
                }
            }
        }
    }
}
