using Messaging.Storage.EfCore.Commit;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>
/// Remembers how far this process has claimed. What was settled leaves dead entries at the front of a lane until the database vacuums, and a claim that
/// begins there walks over all of them; while there is more to claim than a claim takes, claims go on where the last one ended, or where a commit of
/// this process that it did not see may have put its work. What stands further in front (a lease that ended, the work of a node whose clock of turns is
/// behind) is found by a look from the very front, which comes again and again, as often as it takes no more than a twentieth of the time.
/// Safe for concurrent use.
/// </summary>
internal sealed class ClaimFront(OpenCommits commits, TimeProvider time)
{
    private const int Lanes = Turns.Lanes;
    private const int Share = 20;
    private static readonly TimeSpan s_soonest = TimeSpan.FromMilliseconds(50);

    /// <summary>What commits later than this after its own clock is found by a look from the front.</summary>
    private static readonly long s_slack = TimeSpan.FromSeconds(5).Ticks;

    private readonly Lock _gate = new();
    private readonly long[] _turns = new long[Lanes];
    private long _seen;
    private bool _goesOn;
    private long _lookedAt;
    private TimeSpan _lookAgainAfter;

    /// <summary>Begins a look at the queue; to be ended or abandoned.</summary>
    public ClaimLook Begin()
    {
        commits.BeginClaim();
        lock (_gate)
        {
            return _goesOn && time.GetElapsedTime(_lookedAt) < _lookAgainAfter
                ? new ClaimLook([.. _turns], _seen, time.GetTimestamp())
                : new ClaimLook(new long[Lanes], 0, time.GetTimestamp());
        }
    }

    /// <summary>Ends a look that failed.</summary>
    public void Abandon() => commits.EndClaim();

    /// <summary>Ends a look.</summary>
    /// <param name="look">The look.</param>
    /// <param name="last">The last turn that it found in each lane; -1 where it found none.</param>
    /// <param name="isFull">Whether it found as much as it was to take: there may be more.</param>
    /// <param name="at">The database's clock.</param>
    /// <param name="someAreDue">Whether it saw a wait that has ended: it is to be seen again until somebody has made it ready.</param>
    public void End(in ClaimLook look, ReadOnlySpan<long> last, bool isFull, long at, bool someAreDue)
    {
        var unseen = commits.EndClaim();
        lock (_gate)
        {
            _goesOn = isFull;
            for (var lane = 0; lane < Lanes; lane++)
            {
                var reached = !look.IsFromFront ? Math.Max(_turns[lane], last[lane]) : last[lane] >= 0 ? last[lane] : _turns[lane];
                _turns[lane] = Math.Min(reached, unseen[lane]);
            }

            if (!look.IsFromFront)
            {
                return;
            }

            _seen = someAreDue ? 0 : at - s_slack;
            _lookedAt = time.GetTimestamp();
            var again = time.GetElapsedTime(look.BeganAt) * Share;
            _lookAgainAfter = again > s_soonest ? again : s_soonest;
        }
    }
}
