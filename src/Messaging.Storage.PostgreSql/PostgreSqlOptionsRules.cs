using Microsoft.Extensions.Options;
using Npgsql;

namespace Messaging.Storage.PostgreSql;

/// <summary>What the attributes cannot say: where the database is.</summary>
internal sealed class PostgreSqlOptionsRules : IValidateOptions<PostgreSqlOptions>
{
    public ValidateOptionsResult Validate(string? name, PostgreSqlOptions options)
    {
        if (options.DataSource is not null)
        {
            return ValidateOptionsResult.Success;
        }

        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            return ValidateOptionsResult.Fail(
                "PostgreSqlOptions.ConnectionString is empty. Give UsePostgreSql a connection string such as \"Host=localhost;Database=app;Username=app\", or set DataSource.");
        }

        try
        {
            var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            return string.IsNullOrWhiteSpace(connection.Host)
                ? ValidateOptionsResult.Fail("PostgreSqlOptions.ConnectionString names no Host. Add \"Host=…\".")
                : ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The driver's text quotes the string, which holds the password.
            return ValidateOptionsResult.Fail(
                "PostgreSqlOptions.ConnectionString cannot be read. Write it as \"Host=…;Database=…;Username=…;Password=…\"; Npgsql's documentation lists the keywords.");
        }
    }
}
