using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Templates of the test: <c>{Name}</c> stands for a variable.</summary>
internal sealed partial class FakeTemplates : ITemplateCatalog
{
    private readonly Dictionary<(TenantId? Tenant, string Code, string Kind, string Locale), List<FakeTemplate>> _templates = [];

    public int Asked { get; private set; }

    /// <summary>Whether answers come later rather than at once.</summary>
    public bool IsSlow { get; set; }

    public FakeTemplate Add(
        string code, string kind = ChannelKinds.Email, string locale = "default", string? subject = null, string? text = null, string? html = null, TenantId? tenant = null, bool strict = true)
    {
        var key = (tenant, code, kind, locale);
        if (!_templates.TryGetValue(key, out var versions))
        {
            _templates[key] = versions = [];
        }

        var template = new FakeTemplate(
            new TemplateVersion { Tenant = tenant, Code = code, Kind = kind, Locale = locale, Version = versions.Count + 1, Subject = subject, Text = text, Html = html }, strict);
        versions.Add(template);
        return template;
    }

    public async ValueTask<IResolvedTemplate?> ResolveAsync(
        TenantId tenant, string code, string kind, string? locale, int? version, CancellationToken cancellationToken)
    {
        Asked++;
        if (IsSlow)
        {
            await Task.Yield();
        }

        foreach (var owner in new TenantId?[] { tenant, null })
        {
            foreach (var name in new[] { locale, locale?.Split('-')[0], "default" })
            {
                if (name is not null && _templates.TryGetValue((owner, code, kind, name), out var versions))
                {
                    return version is null ? versions[^1] : versions.Find(t => t.Version.Version == version);
                }
            }
        }

        return null;
    }

    internal sealed partial class FakeTemplate(TemplateVersion version, bool strict) : IResolvedTemplate
    {
        public TemplateVersion Version { get; } = version;

        public int Rendered { get; private set; }

        public IReadOnlyCollection<string> Variables { get; } =
            [.. new[] { version.Subject, version.Text, version.Html }.SelectMany(t => Variable().Matches(t ?? "").Select(m => m.Groups[1].Value)).Distinct()];

        public RenderedLengths Render(TemplateData data, string? locale, TimeZoneInfo timeZone, ArrayBufferWriter<byte> utf8)
        {
            Rendered++;
            var culture = CultureInfo.GetCultureInfo(locale ?? "");
            int Part(string? text, TemplatePart part) => text is null ? 0 : Write(Variable().Replace(text, m => Value(m.Groups[1].Value, data, culture, timeZone, part)), utf8);
            return new(Part(Version.Subject, TemplatePart.Subject), Part(Version.Text, TemplatePart.Text), Part(Version.Html, TemplatePart.Html));
        }

        private string Value(string name, TemplateData data, CultureInfo culture, TimeZoneInfo zone, TemplatePart part) => data.TryGetValue(name, out var value)
            ? Convert.ToString(value is DateTimeOffset instant ? TimeZoneInfo.ConvertTime(instant, zone) : value, culture) ?? ""
            : strict ? throw new TemplateException(Version.Code, Version.Locale, part, $"the variable '{name}' is missing.") { Variable = name }
            : "";

        private static int Write(string text, ArrayBufferWriter<byte> utf8)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            utf8.Write(bytes);
            return bytes.Length;
        }

        [GeneratedRegex(@"\{(\w+)\}")]
        private static partial Regex Variable();
    }
}
