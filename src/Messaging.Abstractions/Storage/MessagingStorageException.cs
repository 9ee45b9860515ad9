namespace Messaging.Storage;

/// <summary>The database cannot be used as it is; the text says why and what to do, and holds no credentials.</summary>
public sealed class MessagingStorageException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What happened, why, and the cure.</param>
    /// <param name="innerException">What the driver said.</param>
    public MessagingStorageException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
