using Microsoft.Extensions.Options;

namespace Messaging.Channels.Email;

/// <summary>Checks each option by itself; what spans several is for <see cref="EmailOptionsRules"/>.</summary>
[OptionsValidator]
internal sealed partial class EmailOptionsValidator : IValidateOptions<EmailOptions>;
