using System.Runtime.CompilerServices;

namespace Messaging.Storage.Memory;

/// <summary>A number for each status.</summary>
[InlineArray(12)]
internal struct StatusCounts
{
    private int _first;
}
