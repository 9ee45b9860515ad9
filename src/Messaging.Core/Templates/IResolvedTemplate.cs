namespace Messaging.Templates;

/// <summary>A template for one kind and locale, compiled.</summary>
internal interface IResolvedTemplate
{
    /// <summary>Gets the version and the locale that the chain found.</summary>
    TemplateVersion Version { get; }

    /// <summary>Gets the variables that its parts read.</summary>
    IReadOnlyCollection<string> Variables { get; }

    /// <summary>Renders all parts into one buffer: subject, then text, then html. Dates are shown in the zone, in the culture of the wanted locale.</summary>
    /// <exception cref="TemplateException">A variable is missing in strict mode, or a limit was reached.</exception>
    RenderedLengths Render(TemplateData data, string? locale, TimeZoneInfo timeZone, System.Buffers.ArrayBufferWriter<byte> utf8);
}
