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
    public string Log => Run("cat", Path.Combine(_folder.Path, "log")); // Postfix locks it, which the framework's readers respect

    /// <summary>Starts it.</summary>
    /// <param name="settings">Further lines for main.cf.</param>
    public static async Task<PostfixServer> StartAsync(params string[] settings)
    {
        var folder = new TestFolder("postfix");
        var port = FreePort.Next();
        var certificate = new TestCertificate();
        Configure(folder, port, certificate, settings);
        var etc = Path.Combine(folder.Path, "etc");
        Run("postfix", "-c", etc, "check"); // makes the folders of the queue
        var process = ServerProcess.Start("master", "postfix", folder.Path, "-c", etc, "-d");
        var server = new PostfixServer(folder, process, port, certificate);
        await process.WaitForPortAsync(port);
        return server;
    }

    /// <summary>Reads the mails of a mailbox as delivered, in UTF-8.</summary>
    /// <param name="mailbox">The part of the address before @; <c>zolw</c> for <c>żółw</c>.</param>
    public async Task<IReadOnlyList<string>> ReadAllAsync(string mailbox)
    {
        var folder = Path.Combine(_folder.Path, "mail", mailbox, "new");
        var mails = new List<string>();
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            mails.Add(await File.ReadAllTextAsync(file));
        }

        return mails;
    }

    /// <summary>Waits until the mails of a mailbox are as wanted.</summary>
    /// <returns>The mails, as <see cref="ReadAllAsync"/> gives them.</returns>
    public async Task<IReadOnlyList<string>> WaitForAsync(string mailbox, Func<IReadOnlyList<string>, bool> wanted)
    {
        using var limit = new CancellationTokenSource(DeliveryLimit);
        while (true)
        {
            var mails = await ReadAllAsync(mailbox);
            if (wanted(mails))
            {
                return mails;
            }

            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"{mailbox} has {mails.Count} mails, not those waited for. Postfix logged:\n{Log}");
            }

            // Delivery happens in other processes; a file that appears is the only sign of it.
            await Task.Delay(20);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.TerminateAsync();
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
        using var process = Process.Start(new ProcessStartInfo(ServerProcess.Find(program) ?? program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' failed; Postfix needs root.");
    }
}
