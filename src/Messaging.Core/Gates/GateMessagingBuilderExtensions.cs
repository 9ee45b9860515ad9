using System.Diagnostics.CodeAnalysis;
using Messaging.Gates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds gates: what decides whether and when a message may go.</summary>
public static class GateMessagingBuilderExtensions
{
    /// <summary>Leaves recipients in peace at night: 21:00 to 08:00 where they live, unless configured otherwise. Transactional and critical messages go.</summary>
    public static MessagingBuilder QuietHours(this MessagingBuilder builder, Action<QuietHoursOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddQuietHours().Configure(configure ?? (_ => { }));
        return builder;
    }

    /// <summary>Leaves recipients in peace at night, as a section of the configuration says; a change of it takes effect at once.</summary>
    public static MessagingBuilder QuietHours(this MessagingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.AddQuietHours().Bind(section);
        return builder;
    }

    /// <summary>Caps what one recipient gets: 30 messages per category in 30 days, unless configured otherwise. Transactional messages do not count.</summary>
    public static MessagingBuilder FrequencyCap(this MessagingBuilder builder, Action<FrequencyCapOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddFrequencyCap().Configure(configure ?? (_ => { }));
        return builder;
    }

    /// <summary>Caps what one recipient gets, as a section of the configuration says; a change of it takes effect at once.</summary>
    public static MessagingBuilder FrequencyCap(this MessagingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.AddFrequencyCap().Bind(section);
        return builder;
    }

    /// <summary>Caps what a tenant sends in a day or a month.</summary>
    public static MessagingBuilder Quota(this MessagingBuilder builder, Action<QuotaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddQuota().Configure(configure);
        return builder;
    }

    /// <summary>Caps what a tenant sends, as a section of the configuration says; a change of it takes effect at once.</summary>
    public static MessagingBuilder Quota(this MessagingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.AddQuota().Bind(section);
        return builder;
    }

    /// <summary>Adds a gate of the host's own.</summary>
    public static MessagingBuilder AddGate<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TGate>(this MessagingBuilder builder)
        where TGate : class, ISendGate
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ISendGate, TGate>());
        return builder;
    }

    private static OptionsBuilder<QuietHoursOptions> AddQuietHours(this MessagingBuilder builder)
    {
        builder.AddGate<QuietHoursGate>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<QuietHoursOptions>, QuietHoursWindowValidator>());
        return builder.Services.AddOptionsWithValidateOnStart<QuietHoursOptions, QuietHoursOptionsValidator>();
    }

    private static OptionsBuilder<FrequencyCapOptions> AddFrequencyCap(this MessagingBuilder builder)
    {
        builder.AddGate<FrequencyCapGate>();
        builder.Services.TryAddSingleton<CapStore>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FrequencyCapOptions>, FrequencyCapRulesValidator>());
        return builder.Services.AddOptionsWithValidateOnStart<FrequencyCapOptions, FrequencyCapOptionsValidator>();
    }

    private static OptionsBuilder<QuotaOptions> AddQuota(this MessagingBuilder builder)
    {
        builder.AddGate<QuotaGate>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<QuotaOptions>, QuotaRulesValidator>());
        return builder.Services.AddOptionsWithValidateOnStart<QuotaOptions, QuotaOptionsValidator>();
    }
}
