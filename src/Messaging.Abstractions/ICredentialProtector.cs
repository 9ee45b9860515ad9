namespace Messaging;

/// <summary>Protects channel credentials at rest. A host brings its own, for instance over ASP.NET Core Data Protection.</summary>
public interface ICredentialProtector
{
    /// <summary>Returns text that only <see cref="Unprotect"/> can read.</summary>
    string Protect(string plain);

    /// <summary>Returns what was protected.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The text was not made by this protector, or its key is gone.</exception>
    string Unprotect(string protectedText);
}
