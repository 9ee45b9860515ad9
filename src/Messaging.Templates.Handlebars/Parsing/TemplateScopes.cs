namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>The open blocks, and which variables of the data are read in them.</summary>
internal sealed class TemplateScopes
{
    private readonly List<Scope> _open = [];
    private readonly SortedSet<string> _variables = new(StringComparer.Ordinal);

    public int Depth => _open.Count;

    public IReadOnlyCollection<string> Variables => [.. _variables];

    /// <summary>Gets a value indicating whether a name was read, or a parameter named, that only a loop sets.</summary>
    public bool UsesLoopNames { get; private set; }

    public Scope Innermost => _open[^1];

    public void Push(Scope scope)
    {
        _open.Add(scope);
        UsesLoopNames |= scope.Parameters.Count > 0;
    }

    public void Pop() => _open.RemoveAt(_open.Count - 1);

    /// <summary>Returns whether the name is a parameter of an open block.</summary>
    public bool Binds(string name) => _open.Exists(s => !s.Else && s.Parameters.Contains(name));

    /// <summary>Takes note of a path that is read: its first name counts when it belongs to the template's own data.</summary>
    public void Read(string path)
    {
        var ups = 0;
        UsesLoopNames |= path[0] == '@';
        while (path.StartsWith("../", StringComparison.Ordinal) || path == "..")
        {
            path = path.Length > 2 ? path[3..] : "";
            ups++;
        }

        var names = path.TrimStart('.').TrimStart('/').Split('.', '/');
        var atRoot = names[0] == "@root";
        var first = names[0] is "this" or "@root" ? names.ElementAtOrDefault(1) ?? "" : names[0];
        if (first.Length > 0 && first[0] != '@' && (atRoot || BelongsToData(first, ups)))
        {
            _variables.Add(first.Trim('[', ']'));
        }
    }

    private bool BelongsToData(string name, int ups)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var scope = _open[i];
            if (scope.Else || scope.Data == ScopeData.Same)
            {
                continue;
            }

            if (ups > 0)
            {
                ups--;
            }
            else if (scope.Data == ScopeData.Other || scope.Names.Contains(name))
            {
                return false;
            }
        }

        return ups == 0;
    }
}
