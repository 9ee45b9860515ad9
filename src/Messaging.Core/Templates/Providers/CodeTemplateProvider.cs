using Microsoft.Extensions.Primitives;

namespace Messaging.Templates;

/// <summary>Offers the templates that the host wrote in code.</summary>
internal sealed class CodeTemplateProvider(IEnumerable<CodeTemplate> templates) : ITemplateProvider
{
    private readonly TemplateSet _set = new(templates.Select(t => t.Template));

    public ValueTask<TemplateVersion?> FindAsync(
        TenantId? tenant, string code, string kind, string locale, int? version, CancellationToken cancellationToken) =>
        new(_set.Find(tenant, code, kind, locale, version));

    public IAsyncEnumerable<TemplateVersion> ListAsync(CancellationToken cancellationToken) => _set.Templates.ToAsyncEnumerable();

    public ValueTask<IReadOnlyDictionary<string, string>> GetPartialsAsync(TenantId? tenant, CancellationToken cancellationToken) => new(_set.Partials(tenant));

    public IChangeToken? Watch() => null;
}
