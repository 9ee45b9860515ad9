using Messaging.RateLimiting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Limits how fast messages go.</summary>
public static class MessagingLimitExtensions
{
    /// <summary>Sets limits of tenants and accounts. What is over a limit waits for its turn; nothing is lost and no attempt is counted.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets them, or is a preset: <c>m.ConfigureLimits(Limits.Conservative)</c>. Calls add up.</param>
    public static MessagingBuilder ConfigureLimits(this MessagingBuilder builder, Action<LimitOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<LimitOptions>().Configure(configure).ValidateOnStart();
        return builder;
    }
}
