using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Messaging.Storage.PostgreSql.Queue;

namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>Takes commits: each kind has its own coalescer, so that accepting, settling and the rest run side by side.</summary>
internal sealed class Committer
{
    private const int MaxChanges = 1000;
    private const int AcceptsAtOnce = 2;

    private readonly CommitRunner _runner;
    private readonly AcceptBatch _accepting;
    private readonly SettleBatch _settling;
    private readonly Coalescer _accepts;
    private readonly Coalescer _settles;
    private readonly Coalescer _others;

    public Committer(Database database, Turns turns, FreshContents fresh)
    {
        _runner = new CommitRunner(new CommitDialect(database), turns);
        _accepting = new AcceptBatch(database, turns, fresh);
        _settling = new SettleBatch(database);
        _accepts = new Coalescer(AcceptAsync, MaxChanges, AcceptsAtOnce);
        _settles = new Coalescer(SettleAsync, MaxChanges);
        _others = new Coalescer(changes => _runner.RunAsync(changes, default), MaxChanges);
    }

    /// <summary>Commits the changes of one caller. The caller may give up while they wait for the commit before; what runs by then is finished, and waited for.</summary>
    public async ValueTask<IReadOnlyList<ChangeResult>> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return [];
        }

        return CommitRoutes.Of(changes) switch
        {
            CommitRoute.Accept => await _accepts.RunAsync(changes, cancellationToken).ConfigureAwait(false),
            CommitRoute.Settle => await _settles.RunAsync(changes, cancellationToken).ConfigureAwait(false),
            _ when CommitRoutes.Usual(changes) is { Count: > 0 } usual => await SplitAsync(changes, usual).ConfigureAwait(false),
            _ => await _others.RunAsync(changes, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Sends the usual settlements of a mixed call the short way: nothing else in it is about their deliveries.</summary>
    private async Task<IReadOnlyList<ChangeResult>> SplitAsync(IReadOnlyList<Change> changes, HashSet<int> usual)
    {
        var (settles, others) = (new List<Change>(usual.Count), new List<Change>(changes.Count - usual.Count));
        for (var i = 0; i < changes.Count; i++)
        {
            (usual.Contains(i) ? settles : others).Add(changes[i]);
        }

        var (settling, committing) = (_settles.RunAsync(settles, default), _others.RunAsync(others, default));
        await Task.WhenAll(settling, committing).ConfigureAwait(false);
        var (settled, committed) = (await settling.ConfigureAwait(false), await committing.ConfigureAwait(false));
        var results = new ChangeResult[changes.Count];
        for (int i = 0, s = 0, c = 0; i < results.Length; i++)
        {
            results[i] = usual.Contains(i) ? settled[s++] : committed[c++];
        }

        return results;
    }

    private async ValueTask<IReadOnlyList<ChangeResult>> AcceptAsync(IReadOnlyList<Change> changes) =>
        await _accepting.TryAsync(changes, default).ConfigureAwait(false) ?? await _runner.RunAsync(changes, default).ConfigureAwait(false);

    private async ValueTask<IReadOnlyList<ChangeResult>> SettleAsync(IReadOnlyList<Change> changes)
    {
        bool[] settled;
        try
        {
            settled = await _settling.RunAsync(changes, default).ConfigureAwait(false);
        }
        catch (Exception e) when (Database.IsTransient(e))
        {
            return await _runner.RunAsync(changes, default).ConfigureAwait(false);
        }

        var results = new ChangeResult[changes.Count];
        var left = Enumerable.Range(0, results.Length).Where(i => !settled[i]).ToList();
        if (left.Count > 0)
        {
            var others = await _runner.RunAsync([.. left.Select(i => changes[i])], default).ConfigureAwait(false);
            for (var i = 0; i < left.Count; i++)
            {
                results[left[i]] = others[i];
            }
        }

        return results;
    }
}
