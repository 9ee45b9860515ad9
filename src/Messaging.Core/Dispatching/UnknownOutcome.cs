namespace Messaging.Dispatching;

/// <summary>What happens when a provider call broke after bytes had left: the provider may or may not have the message.</summary>
public enum UnknownOutcome
{
    /// <summary>It is sent again, under the same identity: at least once.</summary>
    Retry,

    /// <summary>It is held until a receipt, or somebody, says what became of it: at most once.</summary>
    Park,
}
