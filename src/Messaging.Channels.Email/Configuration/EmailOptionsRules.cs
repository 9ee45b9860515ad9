using Microsoft.Extensions.Options;

namespace Messaging.Channels.Email;

/// <summary>Finds everything that is wrong with an account. No text here repeats an address, a connection string or a key.</summary>
internal sealed class EmailOptionsRules : IValidateOptions<EmailOptions>
{
    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Select(problem => $"E-mail account '{name}': {problem}"));
    }

    public static IEnumerable<string> Problems(EmailOptions options)
    {
        if (options.SectionProblem is { } section)
        {
            return [section];
        }

        // The connection string was applied before; what it got wrong hides nothing else.
        if (options.ConnectionString is { } text && EmailConnectionString.Apply(text, new EmailOptions()) is { } connection)
        {
            return [$"ConnectionString: {connection}"];
        }

        return Way(options).Concat(Addresses(options)).Concat(options.Dkim is null ? [] : DkimKey.Problems(options.Dkim));
    }

    private static IEnumerable<string> Way(EmailOptions options)
    {
        if (options.PickupDirectory is not null)
        {
            return string.IsNullOrWhiteSpace(options.PickupDirectory) ? ["PickupDirectory is empty. Name a directory, or remove the option to send."] : [];
        }

        return options.Smtp.Host.Length == 0
            ? ["Nothing says where mails go. Set ConnectionString (smtp://user:secret@host:587 or pickup:///directory), Smtp.Host or PickupDirectory."]
            : SmtpOptionsRules.Problems(options.Smtp);
    }

    private static IEnumerable<string> Addresses(EmailOptions options)
    {
        if (options.From is not null && !MailboxParser.TryParse(options.From, out _, out var from))
        {
            yield return $"From cannot be used: {from}. Write salon@example.com or Salon <salon@example.com>.";
        }

        if (options.ReturnPath is not (null or "<>") && !MailboxParser.TryParseAddress(options.ReturnPath, out _, out var path))
        {
            yield return $"ReturnPath cannot be used: {path}. Write bounces@example.com, or <> for none.";
        }

        if (options.MessageIdDomain is not null && MailDomain.Normalize(options.MessageIdDomain, out _) is { } domain)
        {
            yield return $"MessageIdDomain cannot be used: {domain}. Write a domain of yours, such as example.com.";
        }
    }
}
