using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Signs mails for one domain (RFC 6376). Safe for concurrent use.</summary>
internal sealed class DkimSigner : IDisposable
{
    // RFC 6376 §5.4.1, and the two that one-click unsubscribing needs covered (RFC 8058 §4).
    private static readonly string[] Usual =
    [
        "from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "list-id",
        "list-unsubscribe", "list-unsubscribe-post", "auto-submitted", "mime-version", "content-type", "content-transfer-encoding",
    ];

    private static readonly string[] Oversigned = ["from", "to", "subject", "date"];

    private readonly string _domain;
    private readonly string _selector;
    private readonly byte[][] _names;
    private readonly byte[] _key;
    private readonly ConcurrentBag<RSA> _idle = [];

    /// <summary>Creates a signer.</summary>
    /// <param name="options">Options that passed their validator.</param>
    public DkimSigner(DkimOptions options)
    {
        _domain = DkimKey.DomainOf(options);
        _selector = options.Selector;
        _names = [.. NamesOf(options).Select(Encoding.ASCII.GetBytes)];
        using var key = DkimKey.Read(options);
        _key = key.ExportRSAPrivateKey();
    }

    /// <summary>Makes the DKIM-Signature field for a header, its line end included.</summary>
    /// <param name="output">Takes the field.</param>
    /// <param name="header">The finished header, without the blank line that ends it.</param>
    /// <param name="bodyHash">The hash of the canonical body.</param>
    /// <param name="signedAt">The time to state.</param>
    public void Sign(IBufferWriter<byte> output, ReadOnlySpan<byte> header, ReadOnlySpan<byte> bodyHash, DateTimeOffset signedAt)
    {
        using var canonical = new PooledBuffer(4096);
        using var field = new PooledBuffer(2048);
        var writer = new OctetWriter(canonical);
        var fieldWriter = new OctetWriter(field);
        WriteStart(ref fieldWriter, signedAt);
        WriteSigned(ref fieldWriter, ref writer, new HeaderFields(header));
        WriteHashes(ref fieldWriter, bodyHash);
        fieldWriter.Complete();
        RelaxedHeader.Write(ref writer, field.Span, lineEnd: false);
        writer.Complete();

        var result = new OctetWriter(output);
        result.Write(field.Span);
        result.Column = 3; // behind " b="
        WriteSignature(ref result, canonical.Span);
        result.WriteLineEnd();
        result.Complete();
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var rsa))
        {
            rsa.Dispose();
        }

        CryptographicOperations.ZeroMemory(_key);
    }

    private static IEnumerable<string> NamesOf(DkimOptions options)
    {
        var names = options.Headers is null ? Usual : options.Headers.Select(name => name.ToLowerInvariant()).Prepend("from");
        return names.Distinct();
    }

    private void WriteStart(ref OctetWriter writer, DateTimeOffset signedAt)
    {
        writer.Write("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;"u8);
        WriteTag(ref writer, "d="u8, _domain);
        WriteTag(ref writer, "s="u8, _selector);
        WriteTag(ref writer, "t="u8, signedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteTag(ref OctetWriter writer, scoped ReadOnlySpan<byte> name, string value)
    {
        HeaderFolding.WriteBlank(ref writer, name.Length + value.Length + 1);
        writer.Write(name);
        writer.WriteText(value);
        writer.WriteByte((byte)';');
    }

    // h= and, in the same order, the canonical fields that it names: of several of one name the last comes first (§5.4.2).
    private void WriteSigned(ref OctetWriter field, ref OctetWriter canonical, HeaderFields fields)
    {
        HeaderFolding.WriteBlank(ref field, 8);
        field.Write("h="u8);
        var isFirst = true;
        foreach (var name in _names)
        {
            var before = fields.Count;
            for (var found = fields.FindBefore(name, ref before); !found.IsEmpty; found = fields.FindBefore(name, ref before))
            {
                WriteName(ref field, name, ref isFirst);
                RelaxedHeader.Write(ref canonical, found);
            }

            if (IsOversigned(name))
            {
                WriteName(ref field, name, ref isFirst);
            }
        }

        field.WriteByte((byte)';');
    }

    private static bool IsOversigned(byte[] name) => Array.Exists(Oversigned, oversigned => Ascii.Equals(name, oversigned));

    private static void WriteName(ref OctetWriter writer, byte[] name, ref bool isFirst)
    {
        if (!isFirst)
        {
            writer.WriteByte((byte)':');
            if (writer.Column + name.Length + 1 > HeaderFolding.Wanted)
            {
                HeaderFolding.Break(ref writer);
            }
        }

        isFirst = false;
        writer.Write(name);
    }

    private static void WriteHashes(ref OctetWriter writer, ReadOnlySpan<byte> bodyHash)
    {
        Span<byte> text = stackalloc byte[44];
        Base64.EncodeToUtf8(bodyHash, text, out _, out _);
        HeaderFolding.WriteBlank(ref writer, text.Length + 4);
        writer.Write("bh="u8);
        writer.Write(text);
        writer.Write(";\r\n b="u8);
    }

    private void WriteSignature(ref OctetWriter writer, ReadOnlySpan<byte> canonical)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical, hash);
        Span<byte> signature = stackalloc byte[1024]; // a key of 8192 bits
        signature = signature[..SignHash(hash, signature)];
        Span<byte> text = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(signature.Length)];
        Base64.EncodeToUtf8(signature, text, out _, out _);
        while (!text.IsEmpty)
        {
            var piece = Math.Min(text.Length, HeaderFolding.Wanted - writer.Column);
            writer.Write(text[..piece]);
            text = text[piece..];
            if (!text.IsEmpty)
            {
                HeaderFolding.Break(ref writer);
            }
        }
    }

    private int SignHash(ReadOnlySpan<byte> hash, Span<byte> signature)
    {
        if (!_idle.TryTake(out var rsa))
        {
            rsa = RSA.Create();
            rsa.ImportRSAPrivateKey(_key, out _);
        }

        var written = rsa.SignHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _idle.Add(rsa);
        return written;
    }
}
