using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Messaging.Storage.Memory;

/// <summary>Hashes keys that are kept as their hash alone, so widely that equal hashes mean equal keys. Its seeds are the store's own and are kept with it.</summary>
internal sealed class KeyHash
{
    private const int Count = 4;

    private ulong[] _seeds = MakeSeeds();

    public UInt128 Of(ReadOnlySpan<byte> bytes, ulong salt = 0) =>
        new(SeededHash.Mix(bytes, _seeds[0] ^ salt, _seeds[1], _seeds[2]), SeededHash.Mix(bytes, _seeds[3] ^ salt, _seeds[1], _seeds[2]));

    public Action<BinaryWriter> Freeze() => writer => writer.WriteRaw<ulong>(_seeds);

    public void Load(BinaryReader reader) => _seeds = reader.ReadRaw<ulong>();

    private static ulong[] MakeSeeds()
    {
        var seeds = new ulong[Count];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(seeds.AsSpan()));
        seeds[1] |= 1;
        return seeds;
    }
}
