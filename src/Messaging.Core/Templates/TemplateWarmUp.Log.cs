using Microsoft.Extensions.Logging;

namespace Messaging.Templates;

internal sealed partial class TemplateWarmUp
{
    private static partial class Log
    {
        [LoggerMessage(1402, LogLevel.Debug, "{Count} templates compiled in {ElapsedMs} ms.", EventName = "TemplatesCompiled")]
        public static partial void Compiled(ILogger logger, int count, double elapsedMs);

        [LoggerMessage(1403, LogLevel.Warning, "Template {Code} ({Kind}, {Locale}) does not compile.", EventName = "TemplateDoesNotCompile")]
        public static partial void DoesNotCompile(ILogger logger, Exception exception, string code, string kind, string locale);
    }
}
