using Messaging.Gates;
using Messaging.Storage;

namespace Messaging.Operations;

/// <summary>Pauses and resumes.</summary>
internal sealed class PauseOperations(PauseBook book, EntityEditor editor, IMessageStore store, TimeProvider time)
{
    public async Task PauseAsync(PauseScope scope, string reason, CancellationToken cancellationToken)
    {
        ThrowIfInvalid(scope);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        await editor.EditAsync<PauseList, bool>(
            scope.Tenant, PauseList.OnlyKey, current => (Write(With(current?.Value, scope, reason), current), true), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Releases even when nothing is paused any more: an earlier call may have been cut short.</summary>
    public async Task<bool> ResumeAsync(PauseScope scope, CancellationToken cancellationToken)
    {
        ThrowIfInvalid(scope);
        var resumed = await editor.EditAsync<PauseList, bool>(
            scope.Tenant,
            PauseList.OnlyKey,
            current => current?.Value.Find(scope.Account, scope.Template) is { } item
                ? (Write(current.Value with { Items = [.. current.Value.Items.Where(other => other != item)] }, current), true)
                : (null, false),
            cancellationToken).ConfigureAwait(false);
        await store.ReleaseAllAsync(ParkKeys.Pause(scope), cancellationToken).ConfigureAwait(false);
        return resumed;
    }

    public async Task<IReadOnlyList<Pause>> ListAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var view = await book.ViewAsync(tenant, cancellationToken).ConfigureAwait(false);
        return [.. Show(view.Shared), .. Show(view.Own)];
    }

    private static IEnumerable<Pause> Show(PauseList? list) =>
        list?.Items.Select(item => new Pause(item.In(list.Tenant), item.Reason, item.Since)) ?? [];

    private static Change Write(PauseList list, Versioned<PauseList>? current) => new()
    {
        Entities =
        [
            list.Items.Count > 0
                ? EntityChange.Put(list, current?.Version ?? 0)
                : EntityChange.Delete<PauseList>(list.Tenant, list.Key, current?.Version ?? 0),
        ],
    };

    private static void ThrowIfInvalid(PauseScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.Tenant == default)
        {
            throw new ArgumentException("Tenant is empty. Name the tenant; a host with only one uses TenantId.Default.", nameof(scope));
        }

        if (scope.Account is not null && scope.Template is not null)
        {
            throw new ArgumentException("A pause holds an account or a template, not one of the other: set Account or Template. Pause both with two calls.", nameof(scope));
        }
    }

    /// <summary>Paused again, it stays paused since the first time, for the new reason.</summary>
    private PauseList With(PauseList? list, PauseScope scope, string reason)
    {
        var known = list?.Find(scope.Account, scope.Template);
        var item = new PauseItem(scope.Account, scope.Template, reason, known?.Since ?? time.GetUtcNow());
        return new() { Tenant = scope.Tenant, Items = [.. (list?.Items ?? []).Where(other => other != known), item] };
    }
}
