using System.Diagnostics.CodeAnalysis;

namespace Messaging;

/// <summary>Whose data it is. Part of every key, query and cache key.</summary>
/// <param name="Value">The host's own name for the tenant: 1 to 100 characters, compared by ordinal.</param>
public readonly record struct TenantId(string Value) : IParsable<TenantId>
{
    /// <summary>The longest name a tenant may have, in characters.</summary>
    public const int MaxLength = 100;

    /// <summary>Gets the tenant of a host that has only one.</summary>
    public static TenantId Default { get; } = new("default");

    /// <inheritdoc/>
    public static TenantId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"A tenant is named by 1 to {MaxLength} characters.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TenantId result)
    {
        result = s is { Length: > 0 and <= MaxLength } ? new TenantId(s) : default;
        return result != default;
    }

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
