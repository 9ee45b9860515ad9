using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>
/// Finds the templates of a submission's steps and writes the deliveries' payloads: rendered content for the step that goes first, what is
/// needed to render for those that may follow. Gates come after it, so that a mistake in the data is the caller's answer whoever the recipient is.
/// </summary>
internal sealed class ContentRenderer(TemplateFinder templates)
{
    public async ValueTask RenderAsync(Submission submission, CancellationToken cancellationToken)
    {
        foreach (var draft in submission.Drafts)
        {
            for (var i = 0; i < draft.Steps.Length; i++)
            {
                await WriteAsync(submission, draft, draft.Steps[i], rendersNow: i == 0 || submission.IsBroadcast, cancellationToken).ConfigureAwait(false);
            }
        }

        if (!submission.Problems.IsEmpty)
        {
            await ProbeAsync(submission, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteAsync(Submission submission, Draft draft, DraftStep step, bool rendersNow, CancellationToken cancellationToken)
    {
        var reference = submission.Request.Template;
        if (reference is not null)
        {
            step.Template = await templates.FindAsync(submission, reference, step.Target.Kind, draft.Locale, submission.Problems, cancellationToken).ConfigureAwait(false);
            if (step.Template is null)
            {
                return;
            }
        }

        var start = DeliveryPayload.Begin(submission.Buffer, Facts(submission, draft, step));
        if (step.Template is { } template && (rendersNow || LacksVariable(template, reference!.Data)))
        {
            Render(submission, draft, step, template, reference!.Data);
        }

        step.Payload = rendersNow ? (start, submission.Buffer.Length) : Envelope(submission, draft, step);
    }

    /// <summary>Writes a payload without content, for a step that is rendered later or never.</summary>
    public static (int Start, int End) Envelope(Submission submission, Draft draft, DraftStep step)
    {
        var start = DeliveryPayload.Begin(submission.Buffer, Facts(submission, draft, step));
        return (start, submission.Buffer.Length);
    }

    private static DeliveryFacts Facts(Submission submission, Draft draft, DraftStep step) => new()
    {
        Name = draft.Name,
        Locale = step.Template is null ? submission.Request.Locale : draft.Locale,
        TimeZone = draft.TimeZone,
        TemplateVersion = step.Template?.Version.Version,
        Cc = submission.Cc,
        Bcc = submission.Bcc,
    };

    private static void Render(Submission submission, Draft draft, DraftStep step, IResolvedTemplate template, TemplateData data)
    {
        var start = submission.Buffer.Length;
        try
        {
            DeliveryPayload.Render(submission.Buffer, template, data, draft.Locale, Cultures.Zone(draft.TimeZone) ?? TimeZoneInfo.Utc);
            RenderedRules.Check(submission, step, submission.Buffer.From(start));
        }
        catch (TemplateException e)
        {
            TemplateProblems.Add(submission.Problems, e, template, data);
        }
    }

    /// <summary>Looks at the template although no recipient can be reached: everything wrong is said at once.</summary>
    private async ValueTask ProbeAsync(Submission submission, CancellationToken cancellationToken)
    {
        if (submission.Request.Template is not { } reference || submission.Targets is not [var way, ..] || Array.Exists(submission.Drafts, d => d.Steps.Length > 0))
        {
            return;
        }

        var draft = submission.Drafts is [var first, ..] ? first : null;
        var locale = draft is { Locale.Length: > 0 } ? draft.Locale : submission.Options.DefaultLocale;
        if (await templates.FindAsync(submission, reference, way.Target.Kind, locale, submission.Problems, cancellationToken).ConfigureAwait(false) is { } template && LacksVariable(template, reference.Data))
        {
            Render(submission, new Draft { Index = 0, Recipient = null!, Locale = locale }, new DraftStep { Way = way, Address = default }, template, reference.Data);
        }
    }

    /// <summary>Whether a template reads what is not there; whether that is an error is its own to say.</summary>
    public static bool LacksVariable(IResolvedTemplate template, TemplateData data)
    {
        foreach (var variable in template.Variables)
        {
            if (!data.ContainsKey(variable))
            {
                return true;
            }
        }

        return false;
    }
}
