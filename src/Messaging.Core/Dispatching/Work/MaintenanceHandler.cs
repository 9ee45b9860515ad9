using System.Collections.Frozen;
using System.Text;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>Hands housekeeping to the task that it names. One that is not known here is left to a newer node.</summary>
internal sealed class MaintenanceHandler(IEnumerable<IMaintenanceTask> tasks, TimeProvider time) : IWorkHandler
{
    private static readonly TimeSpan s_untilANewerNode = TimeSpan.FromMinutes(1);
    private readonly FrozenDictionary<string, IMaintenanceTask> _tasks = tasks.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);

    public WorkKind Kind => WorkKind.Maintain;

    public async ValueTask<WorkAnswer> HandleAsync(LeasedWork work, CancellationToken cancellationToken)
    {
        var payload = work.Item!.Payload;
        var end = payload.Span.IndexOf((byte)0);
        if (end < 0 || !_tasks.TryGetValue(Encoding.UTF8.GetString(payload.Span[..end]), out var task))
        {
            return WorkAnswer.Again(time.GetUtcNow() + s_untilANewerNode);
        }

        return await task.RunAsync(payload[(end + 1)..], cancellationToken).ConfigureAwait(false) is { } again ? WorkAnswer.Again(again) : WorkAnswer.Done;
    }
}
