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

        // The lowest lane first: what no lane reserved goes to the highest anyway. Credit for which a claim has no room stays.
        var reserved = new int[Lanes];
        var left = most;
        for (var lane = Lanes - 1; lane >= 0; lane--)
        {
            _credit[lane] += most * percent;
            reserved[lane] = Math.Min(_credit[lane] / 100, left);
            _credit[lane] -= reserved[lane] * 100;
            left -= reserved[lane];
        }

        return reserved;
    }
}
