using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Keeps attachments as files: one folder per tenant, named by a hash so that no tenant's name becomes a path.</summary>
internal sealed class FileAttachmentStore(string directory) : IAttachmentStore
{
    private const int BufferBytes = 64 * 1024;

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("0123456789abcdef");

    private readonly string _root = Path.GetFullPath(directory);

    public async ValueTask<string> PutAsync(TenantId tenant, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var folder = Folder(tenant);
        Directory.CreateDirectory(folder);
        var key = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var path = Path.Combine(folder, key);
        try
        {
            await WriteAsync(path + ".part", content, cancellationToken).ConfigureAwait(false);
            File.Move(path + ".part", path);
            return key;
        }
        catch
        {
            File.Delete(path + ".part");
            throw;
        }
    }

    public ValueTask<Stream> OpenAsync(TenantId tenant, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(tenant, key);
        return File.Exists(path)
            ? new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, FileOptions.Asynchronous | FileOptions.SequentialScan))
            : throw new FileNotFoundException("The attachment store has no file under that key. Was it deleted, or does this process see another directory?");
    }

    public ValueTask DeleteAsync(TenantId tenant, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(tenant, key);
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return ValueTask.CompletedTask;
    }

    private static async ValueTask WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
    }

    private string PathOf(TenantId tenant, string key) => IsKey(key)
        ? Path.Combine(Folder(tenant), key)
        : throw new FileNotFoundException("That is no key of this attachment store.");

    private string Folder(TenantId tenant) =>
        Path.Combine(_root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant.Value)).AsSpan(0, 16)));

    /// <summary>A key goes into a path, so it is nothing but what <see cref="PutAsync"/> makes.</summary>
    private static bool IsKey(string key) => key is { Length: 32 } && !key.AsSpan().ContainsAnyExcept(KeyCharacters);
}
