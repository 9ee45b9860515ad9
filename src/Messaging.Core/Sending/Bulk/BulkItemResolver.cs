using System.Text;
using Messaging.Contacts;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Makes a draft of one item, or says what is wrong with it.</summary>
internal sealed class BulkItemResolver(RecipientResolver recipients, TemplateFinder templates, IdGenerator ids)
{
    private static readonly Field To = new("To", -1);

    public async ValueTask<Draft?> ResolveAsync(
        Submission chunk, BulkItem? item, Contact? contact, TenantLocale tenant, ProblemList problems, CancellationToken cancellationToken)
    {
        RecipientRules.Check(To, item?.To, problems);
        if (item?.To is null)
        {
            return null;
        }

        KeyRules.Key(nameof(item.Reference), item.Reference, KeyRules.MaxKey, problems);
        KeyRules.Key(nameof(item.ItemKey), item.ItemKey, KeyRules.MaxKey, problems);
        var draft = new Draft { Index = 0, Recipient = item.To, Reference = item.Reference };
        await recipients.ResolveAsync(chunk, draft, To, contact, tenant, problems, cancellationToken).ConfigureAwait(false);
        if (problems.IsEmpty)
        {
            draft.ItemHash = Hash(item, draft);
            await WriteAsync(chunk, draft, item.Data ?? TemplateData.Empty, problems, cancellationToken).ConfigureAwait(false);
        }

        return draft;
    }

    private async ValueTask WriteAsync(Submission chunk, Draft draft, TemplateData data, ProblemList problems, CancellationToken cancellationToken)
    {
        foreach (var step in draft.Steps)
        {
            step.Id = new DeliveryId(ids.Next());
            if (chunk.Request.Template is { } reference)
            {
                step.Template = await templates.FindAsync(chunk, reference, step.Target.Kind, draft.Locale, problems, cancellationToken).ConfigureAwait(false);
                if (step.Template is null)
                {
                    return;
                }

                Probe(chunk, draft, step.Template, reference.Data, data, problems);
            }

            var (start, _) = ContentRenderer.Envelope(chunk, draft, step);
            if (data.Count > 0)
            {
                DeliveryPayload.Data(chunk.Buffer, data);
            }

            step.Payload = (start, chunk.Buffer.Length);
        }
    }

    /// <summary>When a variable is nowhere, only the template knows whether that is an error: it is rendered now, and again when it is sent.</summary>
    private static void Probe(Submission chunk, Draft draft, IResolvedTemplate template, TemplateData shared, TemplateData own, ProblemList problems)
    {
        if (!Lacks(template, shared, own))
        {
            return;
        }

        var data = shared.With(own);
        try
        {
            DeliveryPayload.Render(chunk.Buffer, template, data, draft.Locale, Cultures.Zone(draft.TimeZone) ?? TimeZoneInfo.Utc);
        }
        catch (TemplateException e)
        {
            TemplateProblems.Add(problems, e, template, data, "Data");
        }
    }

    private static bool Lacks(IResolvedTemplate template, TemplateData shared, TemplateData own)
    {
        foreach (var variable in template.Variables)
        {
            if (!own.ContainsKey(variable) && !shared.ContainsKey(variable))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Says who an item is for, in the form that the stream gives: playing it again gives the same.</summary>
    private static UInt128 Hash(BulkItem item, Draft draft)
    {
        var recipient = item.To;
        var text = item.ItemKey is { } key ? $"k:{key}"
            : recipient.ExternalId is { } external ? $"e:{external}"
            : recipient.ContactId is { } contact ? $"c:{contact}"
            : $"a:{draft.Steps[0].Address.Kind}:{draft.Steps[0].Address.Value}";
        var hash = Fingerprint.Hash(Encoding.UTF8.GetBytes(text));
        return hash == 0 ? 1 : hash;
    }
}
