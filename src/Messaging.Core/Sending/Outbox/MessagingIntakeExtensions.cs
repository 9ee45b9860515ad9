using Messaging;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Says how what is staged in hosts' databases is taken in.</summary>
public static class MessagingIntakeExtensions
{
    /// <summary>Configures how outboxes are drained.</summary>
    public static MessagingBuilder ConfigureIntake(this MessagingBuilder builder, Action<IntakeOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<IntakeOptions>().Configure(configure).ValidateOnStart();
        return builder;
    }

    /// <summary>Configures how outboxes are drained, by a section of the configuration; a change of it takes effect without a restart.</summary>
    public static MessagingBuilder ConfigureIntake(this MessagingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.AddOptions<IntakeOptions>().Bind(section).ValidateOnStart();
        return builder;
    }
}
