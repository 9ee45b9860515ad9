using System.Buffers;
using System.Security.Cryptography;

namespace Messaging.Channels.Email;

/// <summary>
/// Hashes a body in relaxed form as it passes (RFC 6376 §3.4.4): blanks within a line become one, blanks at the end of a line and
/// empty lines at the end of the body are left out. Lines end in CRLF.
/// </summary>
internal sealed class DkimBodyHash : IDisposable
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(" \t\r\n"u8);

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _canonical = ArrayPool<byte>.Shared.Rent(8192);
    private int _count;
    private int _lineEnds;
    private bool _blank;

    /// <summary>Takes the next octets.</summary>
    public void Append(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            var run = octets.IndexOfAny(Special);
            run = run < 0 ? octets.Length : run;
            if (run > 0)
            {
                Keep(octets[..run]);
            }

            if (run < octets.Length)
            {
                Note(octets[run++]);
            }

            octets = octets[run..];
        }
    }

    /// <summary>Ends the body and gets its hash.</summary>
    public void Finish(Span<byte> hash)
    {
        // What is pending now is at the end: blanks and empty lines go, and the last line, if there is one, ends in CRLF.
        if (HasLines)
        {
            Put("\r\n"u8);
        }

        Flush();
        _hash.GetHashAndReset(hash);
    }

    public void Dispose()
    {
        _hash.Dispose();
        ArrayPool<byte>.Shared.Return(_canonical);
    }

    private bool HasLines { get; set; }

    private void Note(byte octet)
    {
        switch (octet)
        {
            case (byte)'\n':
                _lineEnds++;
                _blank = false;
                break;
            case (byte)'\r':
                break;
            default:
                _blank = true;
                break;
        }
    }

    private void Keep(ReadOnlySpan<byte> run)
    {
        for (; _lineEnds > 0; _lineEnds--)
        {
            Put("\r\n"u8);
        }

        if (_blank)
        {
            Put(" "u8);
            _blank = false;
        }

        Put(run);
        HasLines = true;
    }

    private void Put(ReadOnlySpan<byte> octets)
    {
        if (_count + octets.Length > _canonical.Length)
        {
            Flush();
        }

        if (octets.Length > _canonical.Length)
        {
            _hash.AppendData(octets);
            return;
        }

        octets.CopyTo(_canonical.AsSpan(_count));
        _count += octets.Length;
    }

    private void Flush()
    {
        _hash.AppendData(_canonical, 0, _count);
        _count = 0;
    }
}
