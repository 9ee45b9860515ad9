using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Messaging.Storage.EfCore.Schema.Migrations;

/// <summary>Makes views for people who query.</summary>
[DbContext(typeof(MessagingDbContext))]
[Migration("0002_views")]
internal sealed class ViewsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SchemaScript.Read("0002_views.sql"));

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP FUNCTION messaging.next_places; DROP VIEW messaging.queue_depth, messaging.dead_letters, messaging.delivery_list;");
}
