using System.Globalization;
using System.Security.Cryptography;
using Messaging.Storage.Journal.Files;
using Microsoft.Extensions.Options;

namespace Messaging.Storage.Journal.Attachments;

/// <summary>Keeps attachments as files beside the journal, durable before their key is known. Safe for concurrent use.</summary>
internal sealed class FileAttachmentStore(IOptions<JournalOptions> options) : IAttachmentStore
{
    private const string Partial = ".part";

    private readonly string _root = RootOf(options.Value.Path);

    /// <summary>Lists the files of a tenant's attachments, by their keys.</summary>
    public static IEnumerable<string> FilesOf(string journal, TenantId tenant) =>
        Path.Combine(RootOf(journal), NameOf(tenant)) is var directory && Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory).Where(path => !path.EndsWith(Partial, StringComparison.Ordinal))
            : [];

    /// <inheritdoc/>
    public async ValueTask<string> PutAsync(TenantId tenant, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var directory = DirectoryOf(tenant);
        MakeDurably(directory);
        var key = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var path = Path.Combine(directory, key);
        try
        {
            await WriteAsync(path + Partial, content, cancellationToken).ConfigureAwait(false);
            File.Move(path + Partial, path);
            DirectoryFlush.Run(directory);
            return key;
        }
        catch
        {
            File.Delete(path + Partial);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<Stream> OpenAsync(TenantId tenant, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(tenant, key);
        return path is not null && File.Exists(path)
            ? ValueTask.FromResult<Stream>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 16 * 1024, useAsync: true))
            : throw new FileNotFoundException("The tenant has no attachment under this key: it was deleted, or kept by another store.");
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(TenantId tenant, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        if (PathOf(tenant, key) is { } path && File.Exists(path))
        {
            File.Delete(path);
        }

        return ValueTask.CompletedTask;
    }

    private static async Task WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            await file.FlushAsync(cancellationToken).ConfigureAwait(false);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
    }

    /// <summary>Makes the tenant's directory and its names up to the journal's own.</summary>
    private void MakeDurably(string directory)
    {
        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
            DirectoryFlush.Run(_root);
            DirectoryFlush.Run(Path.GetDirectoryName(_root)!);
        }
    }

    /// <summary>Tenants' names may hold anything, so that directories are named by their hash.</summary>
    private string DirectoryOf(TenantId tenant) => Path.Combine(_root, NameOf(tenant));

    private static string NameOf(TenantId tenant) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(tenant.Value ?? "")).AsSpan(0, 16));

    private static string RootOf(string journal) => Path.Combine(Path.GetFullPath(journal), "attachments");

    /// <summary>Keys are ours and look so; anything else never names a file.</summary>
    private string? PathOf(TenantId tenant, string key) => Guid.TryParseExact(key, "N", out _) ? Path.Combine(DirectoryOf(tenant), key) : null;
}
