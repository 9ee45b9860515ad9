using Microsoft.Extensions.Logging;

namespace Messaging.Templates;

/// <summary>Compiles templates before the host starts: the first takes a fifth of a second, and a mistake is best found before anything is sent.</summary>
/// <remarks>A mistake in code or a file stops the start. One in the store, or a store that does not answer yet, does not: others' messages go on.</remarks>
internal sealed partial class TemplateWarmUp(
    IEnumerable<ITemplateProvider> providers, TemplateCompiler compiler, PartialBook partials, TemplateClock clock, TimeProvider time, ILogger<TemplateWarmUp> logger)
    : IStartupCheck
{
    private int _left;

    public async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var wrong = new List<string>();
        _left = clock.Options.WarmUp;
        foreach (var provider in providers)
        {
            try
            {
                await CompileAsync(provider, wrong, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!IsOfHost(provider) && exception is not (OperationCanceledException or InvalidOperationException))
            {
                Log.SourceFailed(logger, exception, provider.GetType().Name);
            }
        }

        if (wrong.Count > 0)
        {
            throw new InvalidOperationException($"Templates do not compile.{Environment.NewLine}{string.Join(Environment.NewLine, wrong)}");
        }

        Log.Compiled(logger, clock.Options.WarmUp - _left, time.GetElapsedTime(start).TotalMilliseconds);
    }

    private static bool IsOfHost(ITemplateProvider provider) => provider is CodeTemplateProvider or DirectoryTemplateProvider;

    private async ValueTask CompileAsync(ITemplateProvider provider, List<string> wrong, CancellationToken cancellationToken)
    {
        await foreach (var template in provider.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_left == 0)
            {
                return;
            }

            _left--;
            var visible = await VisibleAsync(template, cancellationToken).ConfigureAwait(false);
            if (visible is null)
            {
                return;
            }

            try
            {
                compiler.Compile(template, visible);
            }
            catch (TemplateException exception) when (IsOfHost(provider))
            {
                wrong.Add(exception.Message);
            }
            catch (TemplateException exception)
            {
                Log.DoesNotCompile(logger, exception, template.Code, template.Kind, template.Locale);
            }
        }
    }

    private async ValueTask<PartialSet?> VisibleAsync(TemplateVersion template, CancellationToken cancellationToken)
    {
        try
        {
            return template.Tenant is { } tenant
                ? await partials.ForAsync(tenant, cancellationToken).ConfigureAwait(false)
                : await partials.SharedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or InvalidOperationException))
        {
            Log.SourceFailed(logger, exception, nameof(ITemplateProvider.GetPartialsAsync));
            return null;
        }
    }
}
