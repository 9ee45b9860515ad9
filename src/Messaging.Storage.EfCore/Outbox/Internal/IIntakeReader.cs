using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>How one kind of database hands out committed rows so that no other node gets them at the same time.</summary>
internal interface IIntakeReader
{
    /// <summary>Hands over and removes one batch; see <see cref="IIntakeSource.DrainAsync"/>.</summary>
    ValueTask<int> DrainAsync(
        DbContext context,
        IntakeClaim claim,
        Func<IReadOnlyList<StagedMessage>, CancellationToken, ValueTask<IReadOnlyList<MessageId>>> takeIn,
        CancellationToken cancellationToken);
}
