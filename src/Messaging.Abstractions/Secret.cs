namespace Messaging;

/// <summary>A credential that does not print itself.</summary>
/// <remarks>Protected text needs an <see cref="ICredentialProtector"/> to be read; plain text comes from the host's own configuration.</remarks>
public sealed class Secret
{
    private readonly string _value;

    private Secret(string value, bool isProtected) => (_value, IsProtected) = (value, isProtected);

    /// <summary>Gets a value indicating whether the text is protected and must be opened first.</summary>
    public bool IsProtected { get; }

    /// <summary>Wraps a credential that is readable as it is.</summary>
    public static Secret Plain(string value) => new(value, false);

    /// <summary>Wraps text that <see cref="ICredentialProtector.Protect"/> made.</summary>
    public static Secret Protected(string value) => new(value, true);

    /// <summary>Returns the credential in the clear.</summary>
    /// <exception cref="InvalidOperationException">The text is protected and was not opened.</exception>
    public string Reveal() => IsProtected
        ? throw new InvalidOperationException("The credential is protected. Open it with ICredentialProtector first.")
        : _value;

    /// <summary>Returns a readable copy, opened by <paramref name="protector"/> when it is protected.</summary>
    public Secret Open(ICredentialProtector protector)
    {
        ArgumentNullException.ThrowIfNull(protector);
        return IsProtected ? Plain(protector.Unprotect(_value)) : this;
    }

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";
}
