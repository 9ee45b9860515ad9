using Microsoft.Extensions.Primitives;

namespace Messaging.Templates;

/// <summary>One directory of templates: read once, or again after a change.</summary>
internal sealed class TemplateFolder : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly FileSystemWatcher? _watcher;
    private TemplateSet? _set;
    private CancellationTokenSource _changed = new();

    public TemplateFolder(string path, bool reload)
    {
        _path = path;
        _watcher = reload && Directory.Exists(path) ? Watch(path) : null;
    }

    /// <summary>Gets what the files say now.</summary>
    /// <exception cref="InvalidOperationException">The directory does not exist, or a file is misnamed.</exception>
    public TemplateSet Set
    {
        get
        {
            lock (_gate)
            {
                return _set ??= Read();
            }
        }
    }

    /// <summary>Returns a token that fires at the next change; <see langword="null"/> when changes do not count.</summary>
    public IChangeToken? Token()
    {
        lock (_gate)
        {
            return _watcher is null ? null : new CancellationChangeToken(_changed.Token);
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _changed.Dispose();
    }

    private FileSystemWatcher Watch(string path)
    {
        var watcher = new FileSystemWatcher(path) { IncludeSubdirectories = true };
        watcher.Changed += (_, _) => Change();
        watcher.Created += (_, _) => Change();
        watcher.Deleted += (_, _) => Change();
        watcher.Renamed += (_, _) => Change();
        watcher.Error += (_, _) => Change();
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private void Change()
    {
        CancellationTokenSource fired;
        lock (_gate)
        {
            _set = null;
            (fired, _changed) = (_changed, new CancellationTokenSource());
        }

        fired.Cancel();
    }

    private TemplateSet Read()
    {
        if (!Directory.Exists(_path))
        {
            throw new InvalidOperationException($"The template directory '{_path}' does not exist. Create it, or name another one in FromDirectory(…).");
        }

        var files = Directory.EnumerateFiles(_path, "*", SearchOption.AllDirectories)
            .Select(file => (File: file, Name: TemplateFileName.Parse(Path.GetRelativePath(_path, file))))
            .Where(f => f.Name is not null)
            .Select(f => (f.File, Name: f.Name!.Value));
        return new TemplateSet(files.GroupBy(f => f.Name with { Part = default }).Select(g => Template(g.Key, [.. g.Select(f => (f.File, f.Name.Part))])));
    }

    private TemplateVersion Template(TemplateFileName name, IReadOnlyList<(string File, TemplatePart Part)> files)
    {
        var template = new TemplateVersion { Tenant = name.Tenant, Code = name.Code, Kind = name.Kind, Locale = name.Locale };
        foreach (var (file, part) in files)
        {
            var head = FrontMatter.Read(Path.GetRelativePath(_path, file), File.ReadAllText(file));
            template = template with { Layout = head.Layout ?? template.Layout, Category = head.Category ?? template.Category };
            template = With(template, part, head.Text, file);
        }

        return template;
    }

    private TemplateVersion With(TemplateVersion template, TemplatePart part, string text, string file)
    {
        var before = part switch { TemplatePart.Subject => template.Subject, TemplatePart.Html => template.Html, _ => template.Text };
        if (before is not null)
        {
            throw new InvalidOperationException(
                $"The template '{template.Code}' for the kind '{template.Kind}' in the locale '{template.Locale}' is there twice, once in '{Path.GetRelativePath(_path, file)}'. Rename or remove one.");
        }

        return part switch
        {
            TemplatePart.Subject => template with { Subject = text },
            TemplatePart.Html => template with { Html = text },
            _ => template with { Text = text },
        };
    }
}
