using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Finds the template of a request for a kind and locale; that there is none is a problem of the request.</summary>
internal sealed class TemplateFinder(ITemplateCatalog templates)
{
    public async ValueTask<IResolvedTemplate?> FindAsync(
        Submission submission, TemplateReference reference, string kind, string locale, ProblemList problems, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reference.Code))
        {
            return null;
        }

        try
        {
            var found = await templates.ResolveAsync(submission.Tenant, reference.Code, kind, locale, reference.Version, cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                TemplateProblems.AddUnknown(problems, reference, kind, locale);
            }

            return found;
        }
        catch (TemplateException e)
        {
            TemplateProblems.Add(problems, e, null, reference.Data);
            return null;
        }
    }
}
