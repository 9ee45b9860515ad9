namespace Messaging.Dispatching;

/// <summary>How an account's breaker stands. Values never change once released: stores keep them.</summary>
internal enum BreakerStatus
{
    /// <summary>The account is used.</summary>
    Closed = 0,

    /// <summary>The account is left alone until a moment; then one delivery may try it.</summary>
    Open = 1,

    /// <summary>One delivery tries it; the others wait for the answer.</summary>
    Probing = 2,
}
