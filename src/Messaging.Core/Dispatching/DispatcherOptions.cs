namespace Messaging.Dispatching;

/// <summary>How much this process sends at a time, and how it holds on to what it claimed.</summary>
public sealed class DispatcherOptions
{
    /// <summary>Gets or sets the most provider calls at one time on one account, unless <c>ConfigureAccount</c> says otherwise.</summary>
    /// <value>Between 1 and 1,000; the default is 16.</value>
    public int Concurrency { get; set; } = 16;

    /// <summary>Gets or sets the most work that is claimed at once.</summary>
    /// <value>Between 1 and 5,000; the default is 512.</value>
    public int BatchSize { get; set; } = 512;

    /// <summary>Gets or sets the most work that is claimed and not yet settled: what a killed process leaves for others to take up after <see cref="LeaseFor"/>.</summary>
    /// <value>Between 1 and 100,000; the default is 2,048.</value>
    public int Capacity { get; set; } = 2_048;

    /// <summary>Gets or sets how many percent of every claim are kept for each of the four lanes. What a lane leaves goes to the others, Critical first.</summary>
    /// <value>Between 0 and 25; the default is 10. 0 means strictly by lane.</value>
    public int LaneReservePercent { get; set; } = 10;

    /// <summary>Gets or sets how long a claim holds. It is prolonged for as long as the process lives.</summary>
    /// <value>Between 5 s and 30 min; the default is 1 min.</value>
    public TimeSpan LeaseFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how often the same work may be claimed without an end before it counts as poison: it may be what kills the process.</summary>
    /// <value>Between 1 and 100; the default is 5.</value>
    public int MaxClaims { get; set; } = 5;

    /// <summary>Gets or sets how long a stopping process waits for calls that are under way before it cancels them.</summary>
    /// <value>Between zero and 10 min; the default is 20 s. The host's own time limit for stopping ends it earlier.</value>
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets or sets a value indicating whether the host runs the dispatcher in the background.</summary>
    /// <value>The default is <see langword="true"/>. Otherwise somebody calls <see cref="IMessageDispatcher.StepAsync"/>.</value>
    public bool RunInBackground { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether waits are spread at random, so that what failed together does not come back together.</summary>
    /// <value>The default is <see langword="true"/>. Otherwise every wait is as long as it may be: a test goes the same way each time.</value>
    public bool SpreadRetries { get; set; } = true;
}
