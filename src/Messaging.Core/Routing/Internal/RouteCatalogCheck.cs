namespace Messaging.Routing;

/// <summary>Checks the routes at start-up.</summary>
internal sealed class RouteCatalogCheck(RouteCatalog catalog) : IStartupCheck
{
    public ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        catalog.Check();
        return ValueTask.CompletedTask;
    }
}
