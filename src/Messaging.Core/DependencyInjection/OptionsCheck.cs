using System.Globalization;
using Microsoft.Extensions.Options;

namespace Messaging;

/// <summary>Collects what is wrong with options, each with the option's name, its value, and what it may be.</summary>
internal sealed class OptionsCheck(string options)
{
    private readonly List<string> _problems = [];

    public ValidateOptionsResult Result => _problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_problems);

    /// <summary>Notes a value that is not within its range.</summary>
    public OptionsCheck Range<T>(string name, T? value, T least, T most)
        where T : struct, IComparable<T>
    {
        if (value is { } v && (v.CompareTo(least) < 0 || v.CompareTo(most) > 0))
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"{options}.{name} is {v}; it must be between {least} and {most}."));
        }

        return this;
    }

    /// <summary>Notes anything else.</summary>
    public OptionsCheck When(bool wrong, string problem)
    {
        if (wrong)
        {
            Add(problem);
        }

        return this;
    }

    private void Add(string problem) => _problems.Add(problem);
}
