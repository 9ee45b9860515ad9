using Microsoft.Extensions.Options;

namespace Messaging.Storage.EfCore.Store;

[OptionsValidator]
internal sealed partial class EfCoreStoreOptionsValidator : IValidateOptions<EfCoreStoreOptions>;
