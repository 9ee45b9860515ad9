using Messaging.Channels;
using Messaging.Contacts;
using Messaging.Dispatching;
using Messaging.Gates;
using Messaging.Receiving;
using Messaging.Routing;
using Messaging.Sending;
using Messaging.Storage;
using Messaging.Templates;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names the entities that the core keeps, so that a store can be moved.</summary>
internal static class EntityKindsExtensions
{
    public static IServiceCollection AddEntityKinds(this IServiceCollection services) => services
        .Add<AddressHealth>()
        .Add<BreakerState>()
        .Add<BulkRefused>()
        .Add<CapWindow>()
        .Add<ContactEntity>()
        .Add<DeliveryPlan>()
        .Add<EnvironmentStamp>()
        .Add<PauseList>()
        .Add<QuarantineEntry>()
        .Add<QuotaUsage>()
        .Add<StoredAccount>()
        .Add<StoredTemplate>()
        .Add<StoredTemplateSequence>()
        .Add<StoredTemplateVersion>()
        .Add<SuppressionList>();

    private static IServiceCollection Add<T>(this IServiceCollection services)
        where T : class, IEntity<T>
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEntityKind, EntityKind<T>>());
        return services;
    }
}
