using System.Diagnostics.CodeAnalysis;

namespace Messaging.Channels;

/// <summary>
/// What only the package of a kind can judge while a request is accepted, so that a mistake is the caller's answer and not a failed
/// delivery. Registered as a service, one per kind; a kind without one takes everything. Called on every accept: quick, and without I/O.
/// </summary>
public interface IChannelRules
{
    /// <summary>Gets the medium.</summary>
    string Kind { get; }

    /// <summary>Brings an address into its canonical form, under which health, consent and suppression are kept.</summary>
    /// <param name="address">The address as it was given.</param>
    /// <param name="canonical">The canonical form.</param>
    /// <param name="problem">What is wrong and how to mend it, as a sentence that does not repeat the address.</param>
    bool TryNormalize(string address, [NotNullWhen(true)] out string? canonical, [NotNullWhen(false)] out string? problem);

    /// <summary>Adds what is wrong with the parts of a request that all its recipients of this kind share: sender, answers, extras, attachments.</summary>
    /// <param name="request">The request; its recipients are checked one by one with <see cref="TryNormalize"/>.</param>
    /// <param name="problems">Takes what is wrong, each with its field.</param>
    void Check(SendRequest request, ICollection<RequestProblem> problems);
}
