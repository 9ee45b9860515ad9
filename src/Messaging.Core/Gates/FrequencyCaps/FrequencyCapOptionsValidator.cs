using Microsoft.Extensions.Options;

namespace Messaging.Gates;

[OptionsValidator]
internal sealed partial class FrequencyCapOptionsValidator : IValidateOptions<FrequencyCapOptions>;
