// Statements of a service that has its hub, its operations and the host's own records in scope.
using Messaging;
using Microsoft.Extensions.DependencyInjection;

internal sealed record Customer(string Id, string Name, string Email);

internal sealed record Booking(int Id, DateTimeOffset Start);

internal static class Mails
{
    public static readonly MessageDefinition<Booking> BookingConfirmed = MessageDefinition.Create<Booking>("booking_confirmed", channel: "email");

    public static readonly MessageDefinition<Booking> BookingReminder = MessageDefinition.Create<Booking>("booking_reminder", channel: "email");
}

internal sealed class BookingService(IMessageHub hub, IMessageOperations operations)
{
    public async Task RunAsync(Customer customer, Booking booking, string html)
    {
        _ = (hub, operations, customer, booking, html);
        await Task.CompletedTask;
        // snippet
    }
}
