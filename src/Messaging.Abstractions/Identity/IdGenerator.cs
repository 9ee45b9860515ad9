using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Messaging;

/// <summary>Makes UUIDs of version 7 (RFC 9562 §5.7) that grow from one to the next, also within a millisecond and when the clock is set back.</summary>
/// <remarks>
/// 48 bits of time and 12 bits of counter are one number that only grows (§6.2, method 1); more than 4,096 ids in a millisecond borrow
/// from the next one. The other 62 bits are random, drawn from a buffer per thread. Safe for concurrent use.
/// The values sort alike as <see cref="Guid"/>, as text and as PostgreSQL's <c>uuid</c>.
/// </remarks>
public sealed class IdGenerator
{
    private const int CounterBits = 12;

    [ThreadStatic]
    private static RandomBuffer? _random;

    private readonly TimeProvider _time;
    private long _last;

    /// <summary>Initializes a generator. One process shares one: ids of several grow only each for itself.</summary>
    public IdGenerator(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
    }

    /// <summary>Returns the next value.</summary>
    public Guid Next()
    {
        var tick = Advance(_time.GetUtcNow().ToUnixTimeMilliseconds() << CounterBits);
        var random = (_random ??= new()).Next();
        var milliseconds = tick >> CounterBits;
        return new Guid(
            (uint)(milliseconds >> 16),
            (ushort)milliseconds,
            (ushort)(0x7000 | (tick & 0xFFF)),
            (byte)(0x80 | ((random >> 56) & 0x3F)),
            (byte)(random >> 48),
            (byte)(random >> 40),
            (byte)(random >> 32),
            (byte)(random >> 24),
            (byte)(random >> 16),
            (byte)(random >> 8),
            (byte)random);
    }

    private long Advance(long now)
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }

    /// <summary>Random numbers in stock: one call to the system for many ids.</summary>
    private sealed class RandomBuffer
    {
        private readonly ulong[] _values = new ulong[128];
        private int _next = 128;

        public ulong Next()
        {
            if (_next == _values.Length)
            {
                RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(_values.AsSpan()));
                _next = 0;
            }

            return _values[_next++];
        }
    }
}
