using System.Buffers.Text;

namespace Messaging.Channels.Email;

/// <summary>What the server said it can do in its last EHLO reply.</summary>
internal sealed class SmtpCapabilities
{
    public bool Pipelining { get; private set; }

    public bool EightBitMime { get; private set; }

    public bool SmtpUtf8 { get; private set; }

    public bool Chunking { get; private set; }

    public bool Dsn { get; private set; }

    public bool EnhancedStatusCodes { get; private set; }

    public bool StartTls { get; private set; }

    public bool HasSize { get; private set; }

    /// <summary>Gets the largest mail the server takes, in octets; 0 when it names no limit.</summary>
    public long MaxSize { get; private set; }

    public bool AuthPlain { get; private set; }

    public bool AuthLogin { get; private set; }

    public bool AuthXOAuth2 { get; private set; }

    /// <summary>Takes the text of one line after the first.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        var keyword = NextWord(ref line);
        if (Is(keyword, "AUTH"u8) || keyword.Length > 5 && Is(keyword[..5], "AUTH="u8))
        {
            AddMechanisms(keyword, line);
            return;
        }

        Pipelining |= Is(keyword, "PIPELINING"u8);
        EightBitMime |= Is(keyword, "8BITMIME"u8);
        SmtpUtf8 |= Is(keyword, "SMTPUTF8"u8);
        Chunking |= Is(keyword, "CHUNKING"u8);
        Dsn |= Is(keyword, "DSN"u8);
        EnhancedStatusCodes |= Is(keyword, "ENHANCEDSTATUSCODES"u8);
        StartTls |= Is(keyword, "STARTTLS"u8);
        if (Is(keyword, "SIZE"u8))
        {
            AddSize(line);
        }
    }

    private void AddSize(ReadOnlySpan<byte> line)
    {
        HasSize = true;
        MaxSize = Utf8Parser.TryParse(NextWord(ref line), out long size, out _) && size > 0 ? size : 0;
    }

    // "AUTH=PLAIN LOGIN" is how old servers spell it for old clients.
    private void AddMechanisms(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> rest)
    {
        for (var word = keyword.Length > 5 ? keyword[5..] : NextWord(ref rest); !word.IsEmpty; word = NextWord(ref rest))
        {
            AuthPlain |= Is(word, "PLAIN"u8);
            AuthLogin |= Is(word, "LOGIN"u8);
            AuthXOAuth2 |= Is(word, "XOAUTH2"u8);
        }
    }

    private static ReadOnlySpan<byte> NextWord(ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart((byte)' ');
        var end = line.IndexOf((byte)' ');
        var word = end < 0 ? line : line[..end];
        line = line[word.Length..];
        return word;
    }

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> keyword) => System.Text.Ascii.EqualsIgnoreCase(word, keyword);
}
