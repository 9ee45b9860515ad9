namespace Messaging.Gates;

/// <summary>The places of the suite's own gates, for <see cref="ISendGate.Order"/>. A gate of the host's goes between them, before or after.</summary>
public static class GateOrder
{
    /// <summary>What an operator paused.</summary>
    public const int Pause = 100;

    /// <summary>Whether the sender is verified; kept free.</summary>
    public const int SenderVerified = 200;

    /// <summary>Who must not be written to.</summary>
    public const int Suppression = 300;

    /// <summary>Who agreed to what; kept free.</summary>
    public const int Consent = 400;

    /// <summary>How much one recipient gets.</summary>
    public const int FrequencyCap = 500;

    /// <summary>When it is night.</summary>
    public const int QuietHours = 600;

    /// <summary>How much a tenant may send.</summary>
    public const int Quota = 700;
}
