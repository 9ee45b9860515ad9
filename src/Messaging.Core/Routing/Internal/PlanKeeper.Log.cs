using Microsoft.Extensions.Logging;

namespace Messaging.Routing;

internal sealed partial class PlanKeeper
{
    private static partial class Log
    {
        [LoggerMessage(1300, LogLevel.Information, "Plan {Plan} of route {Route} starts step {Step}.", EventName = "PlanStepStarted")]
        public static partial void StepStarted(ILogger logger, PlanId plan, string route, int step);

        [LoggerMessage(1301, LogLevel.Information, "Plan {Plan} of route {Route} ended without arrival: {Status}.", EventName = "PlanEnded")]
        public static partial void Ended(ILogger logger, PlanId plan, string route, PlanStatus status);

        [LoggerMessage(1302, LogLevel.Warning, "Plan {Plan} of route {Route} reached its recipient by more than one step.", EventName = "PlanDuplicateReach")]
        public static partial void DuplicateReach(ILogger logger, PlanId plan, string route);
    }
}
