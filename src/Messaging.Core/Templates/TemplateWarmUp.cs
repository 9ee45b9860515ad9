using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Messaging.Templates;

/// <summary>Compiles templates when the host starts: the first takes a fifth of a second, and a mistake is best found before anything is sent.</summary>
internal sealed partial class TemplateWarmUp(
    IEnumerable<ITemplateProvider> providers, TemplateCompiler compiler, PartialBook partials, TemplateClock clock, TimeProvider time, ILogger<TemplateWarmUp> logger)
    : IHostedService
{
    /// <exception cref="InvalidOperationException">A template of code or of a file does not compile, or there is no engine for it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var wrong = new List<string>();
        var count = 0;
        foreach (var provider in providers)
        {
            await foreach (var template in provider.ListAsync(cancellationToken).ConfigureAwait(false))
            {
                if (count++ == clock.Options.WarmUp)
                {
                    break;
                }

                await CompileAsync(template, provider, wrong, cancellationToken).ConfigureAwait(false);
            }
        }

        if (wrong.Count > 0)
        {
            throw new InvalidOperationException($"Templates do not compile.{Environment.NewLine}{string.Join(Environment.NewLine, wrong)}");
        }

        Log.Compiled(logger, count, time.GetElapsedTime(start).TotalMilliseconds);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async ValueTask CompileAsync(TemplateVersion template, ITemplateProvider provider, List<string> wrong, CancellationToken cancellationToken)
    {
        try
        {
            compiler.Compile(template, template.Tenant is { } tenant
                ? await partials.ForAsync(tenant, cancellationToken).ConfigureAwait(false)
                : await partials.SharedAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (TemplateException exception) when (provider is CodeTemplateProvider or DirectoryTemplateProvider)
        {
            wrong.Add(exception.Message);
        }
        catch (TemplateException exception)
        {
            // One tenant's mistake must not keep the host from starting.
            Log.DoesNotCompile(logger, exception, template.Code, template.Kind, template.Locale);
        }
    }
}
