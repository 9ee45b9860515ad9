using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Benchmarks.Hosting;

internal static class BookingTemplates
{
    public static string Directory { get; } = Path.Combine(AppContext.BaseDirectory, "Templates");

    public static MessagingBuilder UseBookingTemplates(this MessagingBuilder builder) =>
        builder.UseHandlebars(t => t.FromDirectory(Directory));
}
