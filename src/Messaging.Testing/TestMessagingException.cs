namespace Messaging.Testing;

/// <summary>A test expected something else. The text says what there was instead; any test framework shows it.</summary>
public sealed class TestMessagingException : Exception
{
    internal TestMessagingException(string message)
        : base(message)
    {
    }
}
