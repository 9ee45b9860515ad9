using System.Buffers;
using System.Text;
using Messaging.Sending;
using Messaging.Storage;

namespace Messaging.Templates;

/// <inheritdoc cref="ITemplates"/>
internal sealed class StoredTemplates(
    IMessageStore store, IEntityStore entities, TemplateCatalog catalog, TemplateCompiler compiler, PartialBook partials, TenantLocales tenants) : ITemplates
{
    /// <summary>Two who save one template at once take turns; more than this many turns mean that something else is wrong.</summary>
    private const int Turns = 10;

    public async ValueTask<TemplateVersion> SaveAsync(TemplateVersion template, CancellationToken cancellationToken = default)
    {
        template = TemplateRules.Normalize(template);
        await CheckAsync(template, cancellationToken).ConfigureAwait(false);
        for (var turn = 0; turn < Turns; turn++)
        {
            if (await TrySaveAsync(template, cancellationToken).ConfigureAwait(false) is { } saved)
            {
                catalog.Forget(saved.Tenant);
                return saved;
            }
        }

        throw new InvalidOperationException($"The template '{template.Code}' is being saved by many at once. Try again.");
    }

    public async ValueTask<bool> ActivateAsync(
        TenantId? tenant, string code, string kind, string locale, int version, CancellationToken cancellationToken = default)
    {
        var key = StoredTemplateVersion.KeyOf(code, kind, LocaleChain.Normalize(locale), version);
        var found = await entities.GetAsync<StoredTemplateVersion>(StoredTemplate.OwnerOf(tenant), key, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return false;
        }

        await CommitAsync(new Change { Entities = [EntityChange.Put(new StoredTemplate { Template = found.Value.Template })] }, cancellationToken).ConfigureAwait(false);
        catalog.Forget(tenant);
        return true;
    }

    public async ValueTask<bool> DeleteAsync(TenantId? tenant, string code, string kind, string locale, CancellationToken cancellationToken = default)
    {
        var (owner, key) = (StoredTemplate.OwnerOf(tenant), StoredTemplate.KeyOf(code, kind, LocaleChain.Normalize(locale)));
        if (await entities.GetAsync<StoredTemplate>(owner, key, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        await CommitAsync(new Change { Entities = [EntityChange.Delete<StoredTemplate>(owner, key)] }, cancellationToken).ConfigureAwait(false);
        catalog.Forget(tenant);
        return true;
    }

    public async ValueTask<Page<TemplateVersion>> ListAsync(
        TenantId? tenant, string? category = null, string? cursor = null, int limit = 50, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 100);
        var query = new EntityQuery
        {
            Tenant = StoredTemplate.OwnerOf(tenant),
            Index = category is null ? null : StoredTemplate.CategoryIndex,
            Values = category is null ? [] : [category],
            Cursor = cursor,
            Limit = limit,
        };
        var page = await entities.FindAsync<StoredTemplate>(query, cancellationToken).ConfigureAwait(false);
        return new([.. page.Items.Select(item => item.Value.Template)], page.Next);
    }

    public async ValueTask<TemplatePreview> PreviewAsync(
        TenantId tenant, TemplateReference template, string kind, string? locale = null, string? timeZone = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(template);
        var defaults = await tenants.FindAsync(tenant, cancellationToken).ConfigureAwait(false);
        var wanted = locale ?? defaults.Locale;
        var zone = Cultures.Zone(timeZone ?? defaults.TimeZone ?? "UTC")
            ?? throw new ArgumentException("The time zone is not known. Give an IANA name such as Europe/Warsaw.", nameof(timeZone));
        var found = await catalog.ResolveAsync(tenant, template.Code, kind, wanted, template.Version, cancellationToken).ConfigureAwait(false)
            ?? throw new TemplateException(template.Code, wanted, TemplatePart.Html, $"There is none for the kind '{kind}' in this locale, its language, or the default.");
        var utf8 = new ArrayBufferWriter<byte>();
        var lengths = found.Render(template.Data, wanted, zone, utf8);
        return new TemplatePreview(found.Version, Content(lengths, utf8.WrittenSpan), found.Variables);
    }

    private static MessageContent Content(RenderedLengths lengths, ReadOnlySpan<byte> utf8)
    {
        var (text, html) = (lengths.Subject, lengths.Subject + lengths.Text);
        return new MessageContent
        {
            Subject = Decode(utf8[..text]),
            Text = Decode(utf8[text..html]),
            Html = Decode(utf8[html..(html + lengths.Html)]),
        };
    }

    private static string? Decode(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : Encoding.UTF8.GetString(utf8);

    private async ValueTask CheckAsync(TemplateVersion template, CancellationToken cancellationToken)
    {
        var visible = template.Tenant is { } tenant
            ? await partials.ForAsync(tenant, cancellationToken).ConfigureAwait(false)
            : await partials.SharedAsync(cancellationToken).ConfigureAwait(false);
        compiler.Check(template, visible);
    }

    private async ValueTask<TemplateVersion?> TrySaveAsync(TemplateVersion template, CancellationToken cancellationToken)
    {
        var owner = StoredTemplate.OwnerOf(template.Tenant);
        var own = await entities.GetAsync<StoredTemplateSequence>(owner, StoredTemplateSequence.KeyOf(template.Code, template.Kind), cancellationToken).ConfigureAwait(false);
        var saved = template with { Version = 1 + await LastAsync(template, own, cancellationToken).ConfigureAwait(false) };
        var sequence = new StoredTemplateSequence { Tenant = owner, Code = saved.Code, Kind = saved.Kind, Last = saved.Version };
        var status = await CommitAsync(
            new Change
            {
                Entities =
                [
                    EntityChange.Put(sequence, own?.Version ?? 0),
                    EntityChange.Put(new StoredTemplateVersion { Template = saved }, 0),
                    EntityChange.Put(new StoredTemplate { Template = saved }),
                ],
            },
            cancellationToken).ConfigureAwait(false);
        return status == ChangeStatus.Applied ? saved : null;
    }

    /// <summary>A tenant's own versions go on from the shared ones, so that a number pinned before there were any still means the shared one.</summary>
    private async ValueTask<int> LastAsync(TemplateVersion template, Versioned<StoredTemplateSequence>? own, CancellationToken cancellationToken)
    {
        if (own is not null || template.Tenant is null)
        {
            return own?.Value.Last ?? 0;
        }

        var shared = await entities.GetAsync<StoredTemplateSequence>(
            EntitySchema.SharedTenant, StoredTemplateSequence.KeyOf(template.Code, template.Kind), cancellationToken).ConfigureAwait(false);
        return shared?.Value.Last ?? 0;
    }

    private async ValueTask<ChangeStatus> CommitAsync(Change change, CancellationToken cancellationToken) =>
        (await store.CommitAsync([change], cancellationToken).ConfigureAwait(false))[0].Status;
}
