using System.Collections.Frozen;

namespace Messaging;

internal static class EmptyMetadata
{
    public static readonly IReadOnlyDictionary<string, string> Instance = FrozenDictionary<string, string>.Empty;
}
