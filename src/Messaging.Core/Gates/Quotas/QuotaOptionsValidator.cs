using Microsoft.Extensions.Options;

namespace Messaging.Gates;

[OptionsValidator]
internal sealed partial class QuotaOptionsValidator : IValidateOptions<QuotaOptions>;
