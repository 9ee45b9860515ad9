using Microsoft.Extensions.Logging;

namespace Messaging.Templates;

internal sealed partial class TemplateWarmUp
{
    private static partial class Log
    {
        [LoggerMessage(1502, LogLevel.Debug, "{Count} templates compiled in {ElapsedMs} ms.", EventName = "TemplatesCompiled")]
        public static partial void Compiled(ILogger logger, int count, double elapsedMs);

        [LoggerMessage(1504, LogLevel.Warning, "The templates of {Provider} could not be compiled in advance; each is when it is first used.", EventName = "TemplateWarmUpFailed")]
        public static partial void SourceFailed(ILogger logger, Exception exception, string provider);

        [LoggerMessage(1503, LogLevel.Warning, "Template {Code} ({Kind}, {Locale}) does not compile.", EventName = "TemplateDoesNotCompile")]
        public static partial void DoesNotCompile(ILogger logger, Exception exception, string code, string kind, string locale);
    }
}
