using Microsoft.Extensions.Hosting;

namespace Messaging.Storage.EfCore.Migrating;

/// <summary>Brings the schema up to date, or looks at it, before any service of the host starts.</summary>
internal sealed class SchemaStart(IMessagingSchema schema, Func<bool> ensures, Func<bool> isInUse) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) =>
        !isInUse() ? Task.CompletedTask
        : ensures() ? schema.EnsureSchemaAsync(cancellationToken)
        : schema.CheckAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
