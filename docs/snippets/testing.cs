// Statements of a test, with the services of the host under test in scope.
using Messaging;
using Messaging.Channels;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

internal static class Testing
{
    public static async Task RunAsync(IServiceCollection services)
    {
        await Task.CompletedTask;
        // snippet
    }
}
