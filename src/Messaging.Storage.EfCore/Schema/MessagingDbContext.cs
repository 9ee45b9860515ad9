using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Messaging.Storage.EfCore.Schema;

/// <summary>The suite's own tables, in a schema of their own and out of the host's migrations.</summary>
internal sealed class MessagingDbContext(DbContextOptions<MessagingDbContext> options) : DbContext(options)
{
    public const string SchemaName = "messaging";

    public DbSet<MessageRow> Messages => Set<MessageRow>();

    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    public DbSet<StateRow> States => Set<StateRow>();

    public DbSet<TimelineRow> Timeline => Set<TimelineRow>();

    public DbSet<WorkRow> Work => Set<WorkRow>();

    public DbSet<TurnRow> Turns => Set<TurnRow>();

    public DbSet<IdempotencyRow> Idempotency => Set<IdempotencyRow>();

    public DbSet<EventKeyRow> EventKeys => Set<EventKeyRow>();

    public DbSet<ReceiptRow> Receipts => Set<ReceiptRow>();

    public DbSet<EntityRow> Entities => Set<EntityRow>();

    public DbSet<EntityValueRow> EntityValues => Set<EntityValueRow>();

    public DbSet<BucketRow> Buckets => Set<BucketRow>();

    public DbSet<AttachmentRow> Attachments => Set<AttachmentRow>();

    public DbSet<StatisticsRow> Statistics => Set<StatisticsRow>();

    public DbSet<LeaderRow> Leaders => Set<LeaderRow>();

    public DbSet<NodeRow> Nodes => Set<NodeRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(SchemaName);
        modelBuilder.Entity<MessageRow>().HasKey(row => row.Id);
        modelBuilder.Entity<DeliveryRow>().HasKey(row => row.Id);
        modelBuilder.Entity<StateRow>().HasKey(row => row.Id);
        modelBuilder.Entity<TimelineRow>().HasKey(row => new { row.DeliveryId, row.Place });
        modelBuilder.Entity<WorkRow>().HasKey(row => new { row.Id, row.Kind });
        modelBuilder.Entity<TurnRow>().HasKey(row => new { row.Lane, row.Tenant });
        modelBuilder.Entity<IdempotencyRow>().HasKey(row => new { row.Tenant, row.Key });
        modelBuilder.Entity<EventKeyRow>().HasKey(row => row.Hash);
        modelBuilder.Entity<ReceiptRow>().HasKey(row => new { row.Account, row.ProviderId, row.DeliveryId });
        modelBuilder.Entity<EntityRow>().HasKey(row => new { row.Schema, row.Tenant, row.Key });
        modelBuilder.Entity<EntityValueRow>().HasKey(row => new { row.Schema, row.Index, row.Tenant, row.Value, row.Key });
        modelBuilder.Entity<BucketRow>().HasKey(row => row.Key);
        modelBuilder.Entity<AttachmentRow>().HasKey(row => new { row.Tenant, row.Id, row.Part });
        modelBuilder.Entity<StatisticsRow>().HasKey(row => new { row.Tenant, row.Hour, row.Kind, row.Account, row.Status });
        modelBuilder.Entity<LeaderRow>().HasKey(row => row.Name);
        modelBuilder.Entity<NodeRow>().HasKey(row => row.Name);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(TableOf(entity.ClrType));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(InSnakeCase(property.Name));
                property.ValueGenerated = ValueGenerated.Never;
            }
        }

        // The database makes it, and nobody needs it back.
        var stands = modelBuilder.Entity<WorkRow>().Property(row => row.Stands).Metadata;
        stands.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        stands.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }

    private static string TableOf(Type row) => InSnakeCase(row.Name[..^"Row".Length]) switch
    {
        "delivery" => "deliveries",
        "entity" => "entities",
        "timeline" or "work" or "idempotency" or "statistics" => InSnakeCase(row.Name[..^"Row".Length]),
        var name => name + "s",
    };

    private static string InSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
