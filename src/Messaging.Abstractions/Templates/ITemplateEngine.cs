namespace Messaging.Templates;

/// <summary>Compiles templates. Implementations are safe for concurrent use, and let template text reach no .NET member and no file.</summary>
public interface ITemplateEngine
{
    /// <summary>Compiles one part.</summary>
    /// <exception cref="TemplateException">The source is wrong; the text names template, locale, part and place.</exception>
    ICompiledTemplate Compile(TemplateSource source);
}
