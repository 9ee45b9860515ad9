namespace Messaging.Benchmarks.Hosting;

/// <summary>The same mail as <c>peers/smtp.mjs</c> sends: text, about 8 KB of html, a subject with letters beyond ASCII; here from a template.</summary>
internal sealed record LargeMail(string FirstName)
{
    private static readonly MessageDefinition<LargeMail> Definition = MessageDefinition.Create<LargeMail>("large_mail", channel: "email");

    public static SendRequest Request(int i) => Definition.To(Recipient.Email(Numbers.Address(i)), new LargeMail("Anna"));
}
