// Statements of an async method in a shop with a database context of its own.
using System.Data.Common;
using Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

internal sealed class Order
{
    public Guid Id { get; set; }
}

internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
}

internal sealed record BookingConfirmed(string Name, DateOnly Date, TimeOnly Time);

internal static class Shop
{
    public static readonly MessageDefinition<BookingConfirmed> Confirmed = MessageDefinition.Create<BookingConfirmed>("booking_confirmed");

    public static async Task RunAsync(
        IServiceCollection services,
        IServiceProvider provider,
        string connectionString,
        ModelBuilder modelBuilder,
        ShopContext db,
        DbTransaction transaction,
        SendRequest request,
        Order order,
        DateOnly date,
        TimeOnly time)
    {
        await Task.CompletedTask;
        // snippet
    }
}
