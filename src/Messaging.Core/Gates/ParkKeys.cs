namespace Messaging.Gates;

/// <summary>The keys under which gates hold deliveries until somebody releases them.</summary>
internal static class ParkKeys
{
    private const string Pauses = "pause:";

    /// <summary>Returns whether it is the key of a pause.</summary>
    public static bool IsPause(string? key) => key is not null && key.StartsWith(Pauses, StringComparison.Ordinal);

    /// <summary>Returns the key of a pause.</summary>
    /// <remarks>
    /// All paused accounts of a tenant share one: what a group of paused accounts was to carry can go as soon as any of them is
    /// resumed, and what still cannot is held again.
    /// </remarks>
    public static string Pause(PauseScope scope) =>
        scope.Account is not null ? $"{Pauses}{scope.Tenant}:account"
        : scope.Template is { } template ? $"{Pauses}{scope.Tenant}:template:{template}"
        : $"{Pauses}{scope.Tenant}";

    /// <summary>Returns the key of a gate that named none.</summary>
    public static string Gate(string name) => $"gate:{name}";
}
