namespace Messaging.Channels.Email;

/// <summary>The content could not write itself, which is not the directory's fault.</summary>
internal sealed class PickupContentException(Exception cause)
    : Exception($"The mail could not be written: an attachment failed ({cause.GetType().Name}).", cause);
