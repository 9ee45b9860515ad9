using Messaging.Storage.Journal.Attachments;
using Messaging.Storage.Journal.Moving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Messaging.Storage.Journal;

/// <summary>Moves a journal into another store, such as PostgreSQL.</summary>
public static class JournalExport
{
    /// <summary>Moves everything: messages, deliveries with their timelines, what is due, scheduled or parked, callers' keys, entities, attachments.</summary>
    /// <remarks>
    /// The journal is taken for this alone; nobody sends from either store meanwhile, so call it before the new host starts. What was moved when it was
    /// stopped stays, and the next call goes on. Once all is moved the journal says so, and opens no more. Not moved: counts of deliveries that retention
    /// took away, fill levels of rate limits, the keys of reports, so that one that a provider repeats stands in a timeline twice, and callers' keys from before
    /// journals kept their text.
    /// </remarks>
    /// <param name="path">The journal's directory.</param>
    /// <param name="services">The services of the new host, with a store that can take over: <c>UsePostgreSql</c>.</param>
    /// <param name="cancellationToken">Stops between two parcels.</param>
    /// <returns>What was moved; all zero when it was moved before.</returns>
    /// <exception cref="JournalException">The journal is open elsewhere, damaged, or cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The new host's store cannot take over, an entity's kind is not registered, or an entity is in the way.</exception>
    public static async Task<JournalMove> RunAsync(string path, IServiceProvider services, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(services);
        var import = services.GetRequiredService<IMessageStore>() as IStoreImport ?? throw new InvalidOperationException(
            "The store of these services cannot take a journal over. Register one that can, such as UsePostgreSql(…).");
        if (!File.Exists(Path.Combine(path, "MANIFEST")))
        {
            throw new DirectoryNotFoundException("There is no journal in this directory. Name the directory that UseJournal(…) had.");
        }

        if (MovedMark.IsIn(path))
        {
            return new JournalMove(0, 0, 0, 0, 0, 0);
        }

        using var store = new JournalStore(
            new JournalOptions { Path = path }, services.GetRequiredService<TimeProvider>(), services.GetService<ILogger<JournalStore>>() ?? NullLogger<JournalStore>.Instance);
        var moved = await MoveAsync(store, import, services.GetServices<IEntityKind>(), cancellationToken).ConfigureAwait(false);
        var attachments = await MoveAttachmentsAsync(store, path, import, cancellationToken).ConfigureAwait(false);
        MovedMark.Put(path);
        return moved with { Attachments = attachments };
    }

    private static async Task<JournalMove> MoveAsync(JournalStore store, IStoreImport import, IEnumerable<IEntityKind> kinds, CancellationToken cancellationToken)
    {
        var moved = new JournalMove(0, 0, 0, 0, 0, 0);
        foreach (var parcel in new ParcelReader(store.Memory, kinds.ToDictionary(kind => kind.Schema, StringComparer.Ordinal)).Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await import.ImportAsync(parcel, cancellationToken).ConfigureAwait(false);
            moved = new JournalMove(
                moved.Messages + parcel.Messages.Count,
                moved.Deliveries + parcel.Deliveries.Count,
                moved.Work + parcel.Work.Count,
                moved.Claims + parcel.Claims.Count,
                moved.Entities + parcel.Entities.Count,
                0);
        }

        return moved;
    }

    private static async Task<int> MoveAttachmentsAsync(JournalStore store, string path, IStoreImport import, CancellationToken cancellationToken)
    {
        var moved = 0;
        foreach (var tenant in store.Memory.Image.Tenants.All())
        {
            foreach (var file in FileAttachmentStore.FilesOf(path, tenant))
            {
                var content = File.OpenRead(file);
                await using var _ = content.ConfigureAwait(false);
                await import.ImportAttachmentAsync(tenant, Path.GetFileName(file), content, cancellationToken).ConfigureAwait(false);
                moved++;
            }
        }

        return moved;
    }
}
