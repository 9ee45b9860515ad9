namespace Messaging.Samples.Salon;

/// <summary>The mails that the salon sends. Template, category and channel stand here and nowhere else; the host checks them when it starts.</summary>
public static class Mails
{
    public static readonly MessageDefinition<Booking> Confirmed = MessageDefinition.Create<Booking>("booking_confirmed", channel: "email");

    public static readonly MessageDefinition<Booking> Reminder = MessageDefinition.Create<Booking>("booking_reminder", channel: "email");

    public static readonly MessageDefinition<Newsletter> SpringNews =
        MessageDefinition.Create<Newsletter>("spring_news", category: Categories.Marketing, channel: "email");
}
