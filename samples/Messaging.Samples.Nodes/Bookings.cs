using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Samples.Nodes;

/// <summary>What a booking's mail shows.</summary>
public sealed record Booking(string Number);

/// <summary>The bookings that a node confirms when it starts.</summary>
public static class Bookings
{
    public static readonly MessageDefinition<Booking> Confirmed = MessageDefinition.Create<Booking>("booking", channel: "email");

    /// <summary>Accepts them; those that come at once share a commit. Whoever has time sends them: this node or another.</summary>
    public static async Task AcceptAsync(IServiceProvider services, NodeOptions options)
    {
        var hub = services.GetRequiredService<IMessageHub>();
        await Task.WhenAll(Enumerable.Range(1, options.Accept).Select(i => hub.SendAsync(Request($"{options.Name}-{i}"))));
        Console.WriteLine($"{options.Name}: accepted {options.Accept}");
    }

    private static SendRequest Request(string number) => Confirmed.To(Recipient.Email($"{number}@example.com"), new Booking(number)) with
    {
        IdempotencyKey = number,
    };
}
