using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Messaging.Storage.EfCore.Schema.Migrations;

/// <summary>Makes the suite's own tables.</summary>
[DbContext(typeof(MessagingDbContext))]
[Migration("0001_initial")]
internal sealed class InitialMigration : Migration
{
    public const string Npgsql = "Npgsql.EntityFrameworkCore.PostgreSQL";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (migrationBuilder.ActiveProvider != Npgsql)
        {
            throw new NotSupportedException(
                $"The suite's own tables need PostgreSQL; the provider is '{migrationBuilder.ActiveProvider}'. "
                + "Keep the intake table in the host's database, and give the suite a PostgreSQL database by UsePostgreSql(…).");
        }

        migrationBuilder.Sql(SchemaScript.Read("0001_initial.sql"));
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP SCHEMA messaging CASCADE;");
}
