namespace Messaging.Routing;

/// <summary>The named routes of the host.</summary>
internal interface IRouteCatalog
{
    /// <summary>Gets the names, for error texts.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>Finds a route.</summary>
    Route? Find(string name);
}
