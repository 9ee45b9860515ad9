using System.Buffers;
using System.Globalization;
using System.Text;
using Messaging.Testing;

namespace Messaging.Templates.Handlebars;

/// <summary>Short words for what these tests do again and again.</summary>
internal static class Hbs
{
    public static RenderContext Polish { get; } = new(CultureInfo.GetCultureInfo("pl-PL"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw"));

    public static RenderContext In(string culture, string zone = "UTC") => new(CultureInfo.GetCultureInfo(culture), TimeZoneInfo.FindSystemTimeZoneById(zone));

    public static TemplateData Data(params (string Name, object? Value)[] variables) =>
        TemplateData.From(variables.Select(v => KeyValuePair.Create(v.Name, v.Value)));

    public static TemplateSource Source(string text, TemplatePart part = TemplatePart.Text) =>
        new() { Code = "booking", Locale = "pl", Part = part, Text = text };

    public static ICompiledTemplate Compile(TemplateSource source, params HostHelperRegistration[] helpers) =>
        new HandlebarsEngine(new ManualTimeProvider(), helpers).Compile(source);

    public static string Render(string text, params (string Name, object? Value)[] variables) => Render(Source(text), Data(variables));

    public static string Render(TemplateSource source, TemplateData data, RenderContext? context = null) => Render(Compile(source), data, context);

    public static string Render(ICompiledTemplate template, TemplateData data, RenderContext? context = null)
    {
        var utf8 = new ArrayBufferWriter<byte>();
        template.Render(data, context ?? Polish, utf8);
        return Encoding.UTF8.GetString(utf8.WrittenSpan);
    }

    public static string Error(string text, params (string Name, object? Value)[] variables) =>
        Assert.Throws<TemplateException>(() => Render(text, variables)).Message;
}
