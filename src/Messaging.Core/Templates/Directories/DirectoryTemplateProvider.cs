using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace Messaging.Templates;

/// <summary>Offers the templates of all directories that the host registered, the first one's first.</summary>
internal sealed class DirectoryTemplateProvider : ITemplateProvider, IDisposable
{
    private readonly TemplateFolder[] _folders;

    public DirectoryTemplateProvider(IEnumerable<TemplateDirectory> directories, IHostEnvironment? environment = null) =>
        _folders = [.. directories.Distinct().Select(d => new TemplateFolder(FullPath(d.Path, environment), d.Reload ?? environment?.IsDevelopment() ?? false))];

    public ValueTask<TemplateVersion?> FindAsync(
        TenantId? tenant, string code, string kind, string locale, int? version, CancellationToken cancellationToken)
    {
        foreach (var folder in _folders)
        {
            if (folder.Set.Find(tenant, code, kind, locale, version) is { } found)
            {
                return new(found);
            }
        }

        return default;
    }

    public IAsyncEnumerable<TemplateVersion> ListAsync(CancellationToken cancellationToken) => _folders.SelectMany(f => f.Set.Templates).ToAsyncEnumerable();

    public ValueTask<IReadOnlyDictionary<string, string>> GetPartialsAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        if (_folders is [var only])
        {
            return new(only.Set.Partials(tenant));
        }

        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in _folders.SelectMany(f => f.Set.Partials(tenant)))
        {
            all.TryAdd(name, text);
        }

        return new(all);
    }

    public IChangeToken? Watch()
    {
        var tokens = _folders.Select(f => f.Token()).OfType<IChangeToken>().ToArray();
        return tokens.Length == 0 ? null : new CompositeChangeToken(tokens);
    }

    public void Dispose() => Array.ForEach(_folders, f => f.Dispose());

    private static string FullPath(string path, IHostEnvironment? environment)
    {
        var atContent = Path.Combine(environment?.ContentRootPath ?? Directory.GetCurrentDirectory(), path);
        var atProgram = Path.Combine(AppContext.BaseDirectory, path);
        return Path.GetFullPath(Directory.Exists(atContent) || !Directory.Exists(atProgram) ? atContent : atProgram);
    }
}
