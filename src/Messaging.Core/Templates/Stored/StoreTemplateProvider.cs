using System.Runtime.CompilerServices;
using Messaging.Storage;
using Microsoft.Extensions.Primitives;

namespace Messaging.Templates;

/// <summary>Offers the templates that are kept in the store.</summary>
internal sealed class StoreTemplateProvider(IEntityStore entities) : ITemplateProvider
{
    private const int PageLength = 200;

    public async ValueTask<TemplateVersion?> FindAsync(
        TenantId? tenant, string code, string kind, string locale, int? version, CancellationToken cancellationToken)
    {
        var owner = StoredTemplate.OwnerOf(tenant);
        if (version is not { } number)
        {
            return (await entities.GetAsync<StoredTemplate>(owner, StoredTemplate.KeyOf(code, kind, locale), cancellationToken).ConfigureAwait(false))?.Value.Template;
        }

        return ContentVersion.IsOne(number)
            ? null
            : (await entities.GetAsync<StoredTemplateVersion>(owner, StoredTemplateVersion.KeyOf(code, kind, locale, number), cancellationToken).ConfigureAwait(false))?.Value.Template;
    }

    public async IAsyncEnumerable<TemplateVersion> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var template in FindAsync(new EntityQuery(), cancellationToken).ConfigureAwait(false))
        {
            if (template.Kind is not (TemplateVersion.PartialKind or TemplateVersion.LayoutKind))
            {
                yield return template;
            }
        }
    }

    public async ValueTask<IReadOnlyDictionary<string, string>> GetPartialsAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        var query = new EntityQuery
        {
            Tenant = StoredTemplate.OwnerOf(tenant),
            Index = StoredTemplate.KindIndex,
            Values = [TemplateVersion.PartialKind, TemplateVersion.LayoutKind],
        };
        var templates = new List<TemplateVersion>();
        await foreach (var template in FindAsync(query, cancellationToken).ConfigureAwait(false))
        {
            templates.Add(template);
        }

        return PartialNames.Of(templates);
    }

    /// <summary>What is saved by this process says so itself; what others save counts when the cache expires.</summary>
    public IChangeToken? Watch() => null;

    private async IAsyncEnumerable<TemplateVersion> FindAsync(EntityQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (query = query with { Limit = PageLength }; ;)
        {
            var page = await entities.FindAsync<StoredTemplate>(query, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item.Value.Template;
            }

            if (page.Next is null)
            {
                yield break;
            }

            query = query with { Cursor = page.Next };
        }
    }
}
