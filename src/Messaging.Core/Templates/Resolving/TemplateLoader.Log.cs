using Microsoft.Extensions.Logging;

namespace Messaging.Templates;

internal sealed partial class TemplateLoader
{
    private static partial class Log
    {
        [LoggerMessage(
            1500,
            LogLevel.Warning,
            "Version {Pinned} of template {Code} ({Kind}) is gone since its file or code changed; version {Present} in the locale {Locale} takes its place.",
            EventName = "TemplateVersionGone")]
        public static partial void VersionGone(ILogger logger, string code, string kind, string locale, int pinned, int present);
    }
}
