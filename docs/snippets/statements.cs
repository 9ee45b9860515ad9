// Statements of an async method with a host's usual objects in scope.
using Messaging;
using Messaging.Templates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

internal static class Statements
{
    public static async Task RunAsync(
        HostApplicationBuilder builder,
        IServiceProvider services,
        IConfiguration configuration,
        IMessageHub hub,
        IMessageOperations operations,
        IMessageHistory history,
        CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        // snippet
    }
}
