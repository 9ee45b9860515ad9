namespace Messaging.Routing;

/// <summary>What a plan does next.</summary>
internal abstract record PlanMove
{
    private PlanMove()
    {
    }

    /// <summary>Nothing has to be done now.</summary>
    internal sealed record Nothing : PlanMove
    {
        public static Nothing Instance { get; } = new();
    }

    /// <summary>The current step is held by a gate; its deadline moves.</summary>
    internal sealed record Postpone(DateTimeOffset Until) : PlanMove;

    /// <summary>A step begins.</summary>
    internal sealed record Start(int At) : PlanMove;

    /// <summary>A step that was withdrawn because another one arrived is taken up again: that one came back after all.</summary>
    internal sealed record Restart(int At) : PlanMove;

    /// <summary>The recipient was reached: what is unsent stands down.</summary>
    /// <param name="StandDown">The places of the steps to withdraw.</param>
    /// <param name="Duplicate">Whether more than one step reached, or may have reached, the recipient.</param>
    /// <param name="Forget">Whether what later steps would have sent is dropped: the message is sensitive.</param>
    internal sealed record Arrive(IReadOnlyList<int> StandDown, bool Duplicate, bool Forget = false) : PlanMove;

    /// <summary>The plan ends without arrival.</summary>
    internal sealed record End(PlanStatus Status) : PlanMove;
}
