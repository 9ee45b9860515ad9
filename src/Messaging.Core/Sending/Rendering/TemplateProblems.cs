using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Says what is wrong with a template or its data; the same thing once, however many recipients it concerns.</summary>
internal static class TemplateProblems
{
    public static void AddUnknown(ProblemList problems, TemplateReference reference, string kind, string locale) => AddOnce(
        problems,
        reference.Version is null ? "Template.Code" : "Template.Version",
        ProblemCodes.UnknownTemplate,
        $"There is no template '{Quote.Short(reference.Code)}'{(reference.Version is { } version ? $" of version {version}" : "")} for the kind '{kind}' in the locale '{locale}', "
        + "its language, or the default. Add one, or name another.");

    /// <summary>Notes what a template said.</summary>
    /// <param name="problems">Where to.</param>
    /// <param name="e">What it said.</param>
    /// <param name="template">The template, when it compiles.</param>
    /// <param name="data">The data.</param>
    /// <param name="field">The field that holds the data.</param>
    public static void Add(ProblemList problems, TemplateException e, IResolvedTemplate? template, TemplateData data, string field = "Template.Data")
    {
        if (e.Variable is { } variable)
        {
            AddOnce(problems, $"{field}.{variable}", ProblemCodes.MissingVariable, e.Message + Others(variable, template, data));
            return;
        }

        AddOnce(problems, "Template", ProblemCodes.RenderFailed, e.Message);
    }

    /// <summary>Names what else is not there: a template stops at the first.</summary>
    private static string Others(string variable, IResolvedTemplate? template, TemplateData data)
    {
        var others = new List<string>();
        foreach (var name in template?.Variables ?? [])
        {
            if (name != variable && !data.ContainsKey(name))
            {
                others.Add(name);
            }
        }

        return others.Count == 0 ? "" : $" Also not in the data, and read by the template: {string.Join(", ", others)}.";
    }

    private static void AddOnce(ProblemList problems, string field, string code, string text)
    {
        foreach (var problem in problems.All)
        {
            if (problem.Field == field && problem.Code == code)
            {
                return;
            }
        }

        problems.Add(field, code, text);
    }
}
