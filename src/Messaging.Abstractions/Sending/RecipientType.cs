namespace Messaging;

/// <summary>How a recipient is known.</summary>
public enum RecipientType
{
    /// <summary>A bare address.</summary>
    Anonymous,

    /// <summary>A name and an address, in no directory.</summary>
    Guest,

    /// <summary>A contact in the directory.</summary>
    Contact,

    /// <summary>A user of the host, found through the directory.</summary>
    User,
}
