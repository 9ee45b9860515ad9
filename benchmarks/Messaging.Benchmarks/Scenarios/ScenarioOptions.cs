using System.Globalization;

namespace Messaging.Benchmarks.Scenarios;

/// <summary>The <c>--name value</c> pairs of a scenario. What nobody asked for in the end is a typo, and an error.</summary>
internal sealed class ScenarioOptions
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public ScenarioOptions(ReadOnlySpan<string> args)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
            {
                throw new ArgumentException($"'{args[i]}' is not an option with a value. Write --name value.");
            }

            _values[args[i][2..]] = args[i + 1];
        }
    }

    public int Int(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public string Text(string name, string otherwise) => Text(name) ?? otherwise;

    public string? Text(string name)
    {
        _asked.Add(name);
        return _values.GetValueOrDefault(name);
    }

    public void RefuseUnknown()
    {
        if (_values.Keys.Where(name => !_asked.Contains(name)).ToArray() is { Length: > 0 } unknown)
        {
            throw new ArgumentException($"Unknown option --{string.Join(", --", unknown)}. Known: --{string.Join(", --", _asked.Order())}.");
        }
    }
}
