using System.Buffers.Text;

namespace Messaging.Channels.Email;

/// <summary>
/// Reads the lines of one reply at a time (RFC 5321 §4.2.1). Whatever a server sends, it keeps at most
/// <see cref="SmtpReplyText.MaxLength"/> characters and gives up after <see cref="MaxLines"/> lines.
/// </summary>
internal sealed class SmtpReplyParser
{
    private const int MaxLines = 256;
    private const int MaxCached = 16;

    // The same few "250 2.1.0 Ok" answer almost every command, and nobody reads their text: one object each will do.
    private readonly List<SmtpReply> _plain = new(MaxCached);
    private readonly char[] _text = new char[SmtpReplyText.MaxLength];
    private EnhancedStatusCode? _enhanced;
    private int _code;
    private int _lines;
    private int _length;

    /// <summary>Gets or sets what hears the lines of an EHLO reply.</summary>
    public SmtpCapabilities? Hello { get; set; }

    /// <summary>Gets or sets whether the server announced enhanced codes; else what looks like one is text.</summary>
    public bool HasEnhancedCodes { get; set; }

    /// <summary>Takes one line without its CRLF.</summary>
    /// <returns>The reply when this was its last line, else null.</returns>
    /// <exception cref="SmtpDialogueException">The line is none of a reply.</exception>
    public SmtpReply? Add(ReadOnlySpan<byte> line, bool keepText)
    {
        var isLast = ReadCode(line);
        var text = line.Length > 4 ? line[4..] : [];
        if (_lines > 1)
        {
            Hello?.Add(text);
        }

        AddText(text);
        return isLast ? Finish(keepText) : null;
    }

    private bool ReadCode(ReadOnlySpan<byte> line)
    {
        if (line.Length < 3 || !Utf8Parser.TryParse(line[..3], out int code, out var digits) || digits != 3 || code is < 200 or > 599)
        {
            throw SmtpDialogueException.Protocol("a line does not begin with a reply code.");
        }

        if (_lines > 0 && code != _code)
        {
            throw SmtpDialogueException.Protocol("the lines of one reply carry different codes.");
        }

        if (++_lines > MaxLines)
        {
            throw SmtpDialogueException.Protocol($"a reply has more than {MaxLines} lines.");
        }

        _code = code;
        return line.Length == 3 || line[3] switch
        {
            (byte)' ' => true,
            (byte)'-' => false,
            _ => throw SmtpDialogueException.Protocol("a reply code is followed by neither a space nor a hyphen."),
        };
    }

    private void AddText(ReadOnlySpan<byte> text)
    {
        if (HasEnhancedCodes && TryReadEnhanced(text, out var enhanced, out var rest) && enhanced.Class == _code / 100)
        {
            _enhanced = enhanced;
            text = rest;
        }

        _length = SmtpReplyText.Append(text, _text, _length);
    }

    private SmtpReply Finish(bool keepText)
    {
        var reply = keepText || _code >= 400
            ? new SmtpReply(_code, _enhanced, new string(_text, 0, _length))
            : WithoutText(_code, _enhanced);
        Reset();
        return reply;
    }

    private SmtpReply WithoutText(int code, EnhancedStatusCode? enhanced)
    {
        foreach (var known in _plain)
        {
            if (known.Code == code && known.EnhancedCode == enhanced)
            {
                return known;
            }
        }

        var reply = new SmtpReply(code, enhanced, "");
        if (_plain.Count < MaxCached)
        {
            _plain.Add(reply);
        }

        return reply;
    }

    private void Reset()
    {
        _enhanced = null;
        _code = _lines = _length = 0;
    }

    private static bool TryReadEnhanced(ReadOnlySpan<byte> text, out EnhancedStatusCode code, out ReadOnlySpan<byte> rest)
    {
        code = default;
        rest = text;
        if (!TryReadNumber(ref rest, (byte)'.', out var kind)
            || !TryReadNumber(ref rest, (byte)'.', out var subject)
            || !TryReadNumber(ref rest, (byte)' ', out var detail))
        {
            return false;
        }

        code = new EnhancedStatusCode(kind, subject, detail);
        return true;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> text, byte terminator, out int number)
    {
        var end = text.IndexOf(terminator);
        var digits = end >= 0 ? text[..end] : terminator == ' ' ? text : [];
        number = 0;
        if (digits.Length is < 1 or > 3 || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        text = end >= 0 ? text[(end + 1)..] : [];
        return Utf8Parser.TryParse(digits, out number, out _);
    }
}
