using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Joins a delivery to all that is known of it.</summary>
internal static class JoinedRows
{
    public static IQueryable<Joined> Join(this MessagingDbContext context, IQueryable<DeliveryRow> deliveries) =>
        from delivery in deliveries.AsNoTracking()
        join message in context.Messages.AsNoTracking() on delivery.MessageId equals message.Id
        join state in context.States.AsNoTracking() on delivery.Id equals state.Id into states
        from state in states.DefaultIfEmpty()
        join work in context.Work.AsNoTracking().Where(work => work.Kind == 0) on delivery.Id equals work.Id into works
        from work in works.DefaultIfEmpty()
        select new Joined { Delivery = delivery, Message = message, State = state, Work = work };
}
