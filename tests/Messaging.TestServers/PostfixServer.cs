using System.Diagnostics;
using System.Globalization;

namespace Messaging.TestServers;

/// <summary>
/// A Postfix of our own: its configuration, queue and mailboxes are in a temporary folder, it listens on a free port of 127.0.0.1, and
/// it reaches nobody outside. It takes mail for <c>anna@example.test</c>, <c>bob@example.test</c> and <c>żółw@example.test</c> (and
/// as return path <c>sender@example.test</c>) and delivers it into Maildirs.
/// </summary>
public sealed class PostfixServer : IAsyncDisposable
{
    private static readonly TimeSpan DeliveryLimit = TimeSpan.FromSeconds(30);

    private readonly TestFolder _folder;
    private readonly ServerProcess _process;

    private PostfixServer(TestFolder folder, ServerProcess process, int port, TestCertificate certificate) =>
        (_folder, _process, Port, Certificate) = (folder, process, port, certificate);

    /// <summary>Gets the port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Gets what it shows after STARTTLS.</summary>
    public TestCertificate Certificate { get; }

    /// <summary>Gets the largest mail it takes, in octets.</summary>
    public const int SizeLimit = 20_000_000;

    /// <summary>Gets what it has logged.</summary>
    public string Log => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "";

    private string LogPath => Path.Combine(_folder.Path, "log");

    /// <summary>Starts it.</summary>
    /// <param name="settings">Further lines for main.cf.</param>
    public static async Task<PostfixServer> StartAsync(params string[] settings)
    {
        var folder = new TestFolder("postfix");
        var port = FreePort.Next();
        var certificate = new TestCertificate();
        Configure(folder, port, certificate, settings);
        var process = ServerProcess.Start("postfix", "postfix", folder.Path, "-c", Path.Combine(folder.Path, "etc"), "start-fg");
        var server = new PostfixServer(folder, process, port, certificate);
        await process.WaitForPortAsync(port);
        return server;
    }

    /// <summary>Waits until a mailbox has received a number of mails.</summary>
    /// <param name="name">The part of the address before @; <c>zolw</c> for <c>żółw</c>.</param>
    /// <param name="count">How many.</param>
    /// <returns>The files, as delivered.</returns>
    public async Task<IReadOnlyList<byte[]>> ReceivedAsync(string name, int count)
    {
        var folder = Path.Combine(_folder.Path, "mail", name, "new");
        using var limit = new CancellationTokenSource(DeliveryLimit);
        while (!Directory.Exists(folder) || Directory.GetFiles(folder).Length < count)
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"{name} did not receive {count} mails. Postfix logged:\n{Log}");
            }

            // Delivery happens in other processes; a file that appears is the only sign of it.
            await Task.Delay(20);
        }

        return [.. Directory.GetFiles(folder).Select(File.ReadAllBytes)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var pid = Path.Combine(_folder.Path, "spool", "pid", "master.pid");
        if (File.Exists(pid) && int.TryParse(await File.ReadAllTextAsync(pid), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var id))
        {
            ServerProcess.Terminate(id);
        }

        _process.Dispose();
        Certificate.Dispose();
        _folder.Dispose();
    }

    private static void Configure(TestFolder folder, int port, TestCertificate certificate, string[] settings)
    {
        var etc = folder.Folder("etc");
        folder.Folder("spool");
        Own(folder.Folder("data"), "postfix");
        Own(folder.Folder("mail"), "nobody");
        Run("chmod", "755", folder.Path); // its processes run as other users
        var (pem, key) = certificate.WriteTo(folder);
        var main = PostfixFiles.Main(folder.Path, SizeLimit, Id("nobody"), pem, key, settings);
        File.WriteAllText(Path.Combine(etc, "main.cf"), main);
        File.WriteAllText(Path.Combine(etc, "master.cf"), PostfixFiles.Master(port));
        File.WriteAllText(Path.Combine(etc, "mailboxes"), PostfixFiles.Mailboxes);
    }

    private static void Own(string folder, string user) => Run("chown", user, folder);

    private static string Id(string user) => Run("id", "-u", user).Trim();

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' failed; Postfix needs root.");
    }
}
