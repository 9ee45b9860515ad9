using Microsoft.Extensions.Logging;

namespace Messaging.Templates;

internal sealed partial class TemplateCatalog
{
    private static partial class Log
    {
        [LoggerMessage(
            1501, LogLevel.Warning, "The source of template {Code} ({Kind}) did not answer; the version found before is used for another minute.", EventName = "TemplateSourceFailed")]
        public static partial void SourceFailed(ILogger logger, Exception exception, string code, string kind);
    }
}
