namespace Messaging;

/// <summary>How what is staged in hosts' databases is taken in. Read anew when the configuration changes.</summary>
public sealed class IntakeOptions
{
    /// <summary>Gets or sets the most messages that are taken in together.</summary>
    /// <value>Between 1 and 1,000; the default is 200.</value>
    public int BatchSize { get; set; } = 200;

    /// <summary>Gets or sets how often the database is looked at when nothing wakes this process: for what other processes, and bare transactions, committed.</summary>
    /// <value>Between 50 ms and 1 minute; the default is 1 s. Up to a fifth more or less, and up to five times as long while nothing comes.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a message is tried, while others are taken in, before it is stored as failed.</summary>
    /// <value>Between 1 minute and 30 days; the default is 1 hour.</value>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets a value indicating whether the host takes in by itself, in the background.</summary>
    /// <value>The default is <see langword="true"/>; without it, call <see cref="IMessageIntake.StepAsync"/>.</value>
    public bool RunInBackground { get; set; } = true;
}
