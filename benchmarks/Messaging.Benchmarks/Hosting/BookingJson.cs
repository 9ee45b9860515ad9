using System.Text.Json.Serialization;

namespace Messaging.Benchmarks.Hosting;

/// <summary>How the data is read: by metadata made at compile time.</summary>
[JsonSerializable(typeof(BookingMail))]
internal sealed partial class BookingJson : JsonSerializerContext;
