using Messaging.Storage.EfCore.Outbox;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Adds the outbox to the model of a host's context.</summary>
public static class OutboxModelBuilderExtensions
{
    /// <summary>Maps the one table in which messages wait for the host's transaction to commit. Call it in <c>OnModelCreating</c>, then add a migration as for a table of your own.</summary>
    /// <remarks>The table is append-only: a row is inserted by the host and deleted once it was taken in. It has no unique key but its id, so it makes no transaction fail or wait.</remarks>
    /// <param name="modelBuilder">The model.</param>
    /// <param name="table">The table's name; the default is <c>messaging_intake</c>.</param>
    /// <param name="schema">The table's schema; <see langword="null"/> means the model's own.</param>
    public static ModelBuilder AddMessaging(this ModelBuilder modelBuilder, string table = "messaging_intake", string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        modelBuilder.Entity<IntakeRow>(row =>
        {
            row.ToTable(table, schema);
            row.HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever().HasColumnName("id");
            row.Property(r => r.Tenant).HasColumnName("tenant").HasMaxLength(Messaging.TenantId.MaxLength).IsRequired();
            row.Property(r => r.Format).HasColumnName("format");
            row.Property(r => r.StagedAt).HasColumnName("staged_at");
            row.Property(r => r.Payload).HasColumnName("payload").IsRequired();
            row.Property(r => r.Claim).HasColumnName("claim");
            row.Property(r => r.ClaimedUntil).HasColumnName("claimed_until");
        });
        return modelBuilder;
    }
}
