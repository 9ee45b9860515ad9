using Messaging.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>Does a piece of work that is not a delivery, by the handler of its kind. Safe for concurrent use.</summary>
internal sealed partial class WorkRunner(
    IEnumerable<IWorkHandler> handlers,
    LeaseKeeper leases,
    CancellationSources sources,
    RetryClock clock,
    IdGenerator ids,
    IOptionsMonitor<DispatcherOptions> options,
    TimeProvider time,
    ILogger<WorkRunner> logger)
{
    private static readonly TimeSpan s_failed = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);
    private readonly Dictionary<WorkKind, IWorkHandler> _handlers = handlers.ToDictionary(h => h.Kind);

    /// <summary>Gets the kinds that this process can do: it claims no others.</summary>
    public IReadOnlyList<WorkKind> Kinds => [WorkKind.Deliver, .. _handlers.Keys];

    /// <summary>Does the work.</summary>
    /// <returns>The change that settles it; <see langword="null"/> when its handler has, or its claim was lost.</returns>
    public async ValueTask<Change?> RunAsync(HeldWork held)
    {
        if (!leases.MayBegin(held))
        {
            return null;
        }

        if (held.Work.Claims > options.CurrentValue.MaxClaims)
        {
            Log.Poison(logger, held.Work.Lease.Kind, held.Work.Lease.WorkId, held.Work.Claims);
            return Settle(held, WorkAnswer.Done);
        }

        var token = held.Watch(sources.Rent());
        try
        {
            held.Deadline = time.GetUtcNow() + s_timeout;
            var answer = await _handlers[held.Work.Lease.Kind].HandleAsync(held.Work, token).ConfigureAwait(false);
            return answer.IsSettled ? null : Settle(held, answer);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return held.Lost ? null : held.HandBack();
        }
        catch (Exception e)
        {
            Log.Failed(logger, held.Work.Lease.Kind, held.Work.Lease.WorkId, e);
            return Settle(held, WorkAnswer.Again(clock.Around(s_failed, time.GetUtcNow())));
        }
        finally
        {
            if (held.Unwatch() is { } source)
            {
                sources.Return(source);
            }
        }
    }

    /// <summary>An item whose payload changes is put back as a new one: stores keep payloads as they came.</summary>
    private Change Settle(HeldWork held, WorkAnswer answer)
    {
        var settlement = new Settlement { Lease = held.Work.Lease, Next = WorkState.Done, At = time.GetUtcNow() };
        return answer switch
        {
            { DueAt: { } due, Payload: { } payload } =>
                new Change { Settles = [settlement], Enqueues = [held.Work.Item! with { Id = ids.Next(), DueAt = due, Payload = payload }] },
            { DueAt: { } due } => new Change { Settles = [settlement with { Next = WorkState.Waiting, DueAt = due }] },
            _ => new Change { Settles = [settlement] },
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1260, LogLevel.Error, "{Kind} {WorkId} failed; it is done again later.", EventName = "WorkFailed")]
        public static partial void Failed(ILogger logger, WorkKind kind, Guid workId, Exception exception);

        [LoggerMessage(1261, LogLevel.Critical, "{Kind} {WorkId} was claimed {Claims} times and never settled: it may be what kills the process, and is dropped.", EventName = "WorkPoison")]
        public static partial void Poison(ILogger logger, WorkKind kind, Guid workId, int claims);
    }
}
