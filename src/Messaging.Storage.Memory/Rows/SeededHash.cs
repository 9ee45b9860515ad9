using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Messaging.Storage.Memory;

/// <summary>Hashes keys with seeds that differ in every process, so that nobody outside can choose keys that collide.</summary>
internal static class SeededHash
{
    private static readonly ulong[] Seeds = MakeSeeds();

    /// <summary>Hashes bytes; the salt keeps keys of different kinds and owners apart.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, ulong salt = 0) => Fold(Mix(bytes, Seeds[0] ^ salt, Seeds[1], Seeds[2]));

    /// <summary>Hashes an id.</summary>
    public static uint Of(Guid id, ulong salt = 0) => Of(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in id)), salt);

    /// <summary>Hashes a number.</summary>
    public static uint Of(UInt128 value, ulong salt = 0) => Of(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in value)), salt);

    /// <summary>Hashes bytes with seeds of the caller's, of which the second is odd.</summary>
    public static ulong Mix(ReadOnlySpan<byte> bytes, ulong hash, ulong factor, ulong last)
    {
        hash ^= (ulong)bytes.Length * 0x9E37_79B9_7F4A_7C15;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Multiply(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), factor);
            bytes = bytes[sizeof(ulong)..];
        }

        var tail = 0UL;
        foreach (var value in bytes)
        {
            tail = (tail << 8) | value;
        }

        return Multiply(hash ^ tail ^ last, factor ^ 0x94D0_49BB_1331_11EB);
    }

    private static ulong Multiply(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    private static uint Fold(ulong hash) => (uint)(hash ^ (hash >> 32));

    private static ulong[] MakeSeeds()
    {
        var seeds = new ulong[3];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(seeds.AsSpan()));
        return [seeds[0], seeds[1] | 1, seeds[2]];
    }
}
