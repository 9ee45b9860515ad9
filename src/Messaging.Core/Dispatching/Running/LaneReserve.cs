namespace Messaging.Dispatching;

/// <summary>Shares claims among the lanes. What a small claim cannot keep for a lane is kept in the next ones, so that no lane starves.</summary>
internal sealed class LaneReserve
{
    private const int Lanes = 4;
    private readonly int[] _credit = new int[Lanes];

    /// <summary>Returns how many items of a claim are kept for each lane.</summary>
    /// <param name="most">The size of the claim.</param>
    /// <param name="percent">The share of each lane.</param>
    public IReadOnlyList<int> Next(int most, int percent)
    {
        if (percent == 0)
        {
            return [];
        }

        var reserved = new int[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
        {
            _credit[lane] += most * percent;
            reserved[lane] = _credit[lane] / 100;
            _credit[lane] %= 100;
        }

        return reserved;
    }
}
