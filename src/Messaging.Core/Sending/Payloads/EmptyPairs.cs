using System.Collections.Frozen;

namespace Messaging.Sending;

internal static class EmptyPairs
{
    public static readonly IReadOnlyDictionary<string, string> Instance = FrozenDictionary<string, string>.Empty;
}
