using System.Globalization;

namespace Messaging.Templates;

/// <summary>For whom something is rendered.</summary>
/// <param name="Culture">How dates, numbers and money are written.</param>
/// <param name="TimeZone">The zone in which instants are shown.</param>
public readonly record struct RenderContext(CultureInfo Culture, TimeZoneInfo TimeZone);
