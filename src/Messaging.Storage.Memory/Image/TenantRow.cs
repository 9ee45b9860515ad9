using System.Runtime.CompilerServices;

namespace Messaging.Storage.Memory;

/// <summary>A tenant; its row number is the number of its name.</summary>
internal struct TenantRow
{
    /// <summary>The delivery that came last.</summary>
    public int Newest;

    /// <summary>The cell of statistics made last.</summary>
    public int Buckets;

    /// <summary>What is ready, in a line for each lane and kind.</summary>
    public LineNumbers Lines;

    [InlineArray(ReadyLines.Queues)]
    public struct LineNumbers
    {
        private int _first;
    }
}
