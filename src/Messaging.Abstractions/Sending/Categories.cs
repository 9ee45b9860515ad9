namespace Messaging;

/// <summary>Names of categories that the suite itself knows. A host may use any other.</summary>
public static class Categories
{
    /// <summary>Follows from something the recipient did: bypasses frequency caps and quiet hours.</summary>
    public const string Transactional = "transactional";

    /// <summary>Advertises: subject to consent, caps and quiet hours.</summary>
    public const string Marketing = "marketing";
}
