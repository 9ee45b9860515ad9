using Messaging.Dispatching;
using Messaging.Gates;
using Messaging.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Messaging.Sending;

internal static class SendingServices
{
    /// <summary>Registers the hub and the way from a request to the store. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddSending(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MessagingOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MessagingOptions>, MessagingOptionsValidator>());
        services.TryAddSingleton<IdGenerator>();
        services.TryAddSingleton<AddressBook>();
        services.TryAddSingleton<TenantLocales>();
        services.TryAddSingleton<RecipientGuard>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISendGate, StagingGate>());
        AddPayloads(services);
        AddStages(services);
        services.TryAddSingleton<TemplateInventory>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupCheck, DefinitionCheck>());
        services.TryAddSingleton<AcceptPipeline>();
        services.TryAddSingleton<ExplainPipeline>();
        services.TryAddSingleton<ImmediatePipeline>();
        services.TryAddSingleton<BulkPipeline>();
        services.TryAddSingleton<IMessageHub>(Hub);
        AddOutbox(services);
        services.TryAddSingleton<EnvironmentGuard>();
        services.TryAddSingleton<IEnvironmentGuard>(s => s.GetRequiredService<EnvironmentGuard>());
        services.TryAddSingleton<IStoreEnvironment>(s => s.GetRequiredService<EnvironmentGuard>());
        return services;
    }

    private static void AddOutbox(IServiceCollection services)
    {
        services.AddOptions<IntakeOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IntakeOptions>, IntakeOptionsValidator>());
        services.TryAddSingleton<RequestStager>();
        services.TryAddSingleton<IntakeRecord>();
        services.TryAddSingleton<IntakeAccept>();
        services.TryAddSingleton<MessageStaging>();
        services.TryAddSingleton<IMessageStaging>(s => s.GetRequiredService<MessageStaging>());
        services.TryAddSingleton<IntakePump>();
        services.TryAddSingleton<IMessageIntake>(s => s.GetRequiredService<IntakePump>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IntakePump>(s => s.GetRequiredService<IntakePump>()));
    }

    private static void AddPayloads(IServiceCollection services)
    {
        services.TryAddSingleton<BufferPool>();
        services.TryAddSingleton<AttachmentStores>();
        services.TryAddSingleton<AttachmentOpener>();
        services.TryAddSingleton<DeferredRenderer>();
        services.TryAddSingleton<OutboundAssembler>();
        services.TryAddSingleton<IOutboundMessageFactory, OutboundMessageFactory>();
        services.TryAddSingleton<IPayloadFacts, PayloadFacts>();
    }

    private static void AddStages(IServiceCollection services)
    {
        services.TryAddSingleton<AttachmentRules>();
        services.TryAddSingleton<RequestValidator>();
        services.TryAddSingleton<ChannelResolver>();
        services.TryAddSingleton<ContactLookup>();
        services.TryAddSingleton<RecipientResolver>();
        services.TryAddSingleton<RequestResolver>();
        services.TryAddSingleton<TemplateFinder>();
        services.TryAddSingleton<ContentRenderer>();
        services.TryAddSingleton<GateStage>();
        services.TryAddSingleton<PlanStage>();
        services.TryAddSingleton<AttachmentIntake>();
        services.TryAddSingleton<AttachmentCleanup>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMaintenanceTask, AttachmentCleanup>(s => s.GetRequiredService<AttachmentCleanup>()));
        services.TryAddSingleton<CommitStage>();
        services.TryAddSingleton<BulkOpener>();
        services.TryAddSingleton<BulkItemResolver>();
        services.TryAddSingleton<BulkChunkStage>();
        services.TryAddSingleton<BulkRefusals>();
    }

    private static MessageHub Hub(IServiceProvider services) => new(
        services.GetRequiredService<AcceptPipeline>(),
        services.GetRequiredService<BulkPipeline>(),
        services.GetRequiredService<ExplainPipeline>(),
        new Lazy<ImmediatePipeline>(services.GetRequiredService<ImmediatePipeline>),
        new HubTenant(TenantId.Default, IsFixed: false));
}
