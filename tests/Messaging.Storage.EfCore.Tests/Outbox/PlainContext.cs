using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>A host's context whose model lacks the outbox.</summary>
internal sealed class PlainContext(DbContextOptions<PlainContext> options) : DbContext(options);
