using Microsoft.Extensions.Options;

namespace Messaging.Storage.PostgreSql;

[OptionsValidator]
internal sealed partial class PostgreSqlOptionsValidator : IValidateOptions<PostgreSqlOptions>;
