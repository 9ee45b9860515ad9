using System.Text;

namespace Messaging.Channels.Email;

/// <summary>An attachment of known bytes that counts how often it was opened.</summary>
internal sealed class TestAttachment(Func<int, Stream> open) : OutboundAttachment
{
    public int Opened { get; private set; }

    public static TestAttachment Of(string name, string type, byte[] bytes, string? contentId = null) =>
        new(_ => new MemoryStream(bytes)) { FileName = name, ContentType = type, ContentId = contentId, Size = bytes.Length };

    public static TestAttachment Of(string name, string text) => Of(name, "text/plain", Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes of no known size, which come in small pieces and are never held together.</summary>
    public static TestAttachment Endless(string name, long length) =>
        new(_ => new PatternStream(length)) { FileName = name, ContentType = "application/octet-stream" };

    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => new(open(Opened++));
}
