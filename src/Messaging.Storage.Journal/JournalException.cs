namespace Messaging.Storage.Journal;

/// <summary>A journal cannot be opened or written; <see cref="Exception.Message"/> names the cure.</summary>
public sealed class JournalException : IOException
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="message">What happened, why, and what to do.</param>
    /// <param name="innerException">What the system said.</param>
    public JournalException(JournalProblem problem, string message, Exception? innerException = null)
        : base(message, innerException) => Problem = problem;

    /// <summary>Gets what is wrong.</summary>
    public JournalProblem Problem { get; }
}
