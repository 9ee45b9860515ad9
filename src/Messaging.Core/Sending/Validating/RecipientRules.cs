namespace Messaging.Sending;

/// <summary>Checks how recipients are named; what their addresses are worth is judged by the kind's rules later.</summary>
internal static class RecipientRules
{
    private const int MaxName = 200;
    private const int MaxExternalId = 400;

    public static void Check(Submission submission)
    {
        var (request, problems) = (submission.Request, submission.Problems);
        Count(submission, problems);
        for (var i = 0; i < request.To.Count && !problems.IsFull; i++)
        {
            Check(Field.Of("To", i), request.To[i], problems);
        }

        Extra("Cc", request.Cc, problems);
        Extra("Bcc", request.Bcc, problems);
    }

    /// <summary>Checks one recipient.</summary>
    public static void Check(Field field, Recipient? recipient, ProblemList problems)
    {
        if (recipient is null)
        {
            problems.Add(field.ToString(), ProblemCodes.Required, "The recipient is null. Give one, or leave it out.");
            return;
        }

        Name(field, recipient.Name, problems);
        if (recipient.Locale is { } locale && !Cultures.IsKnown(locale))
        {
            problems.Add(field + "Locale", ProblemCodes.UnknownLocale, $"'{Quote.Short(locale)}' is no known locale. Give a BCP 47 name such as 'pl-PL'.");
        }

        if (recipient.TimeZone is { } zone && Cultures.Zone(zone) is null)
        {
            problems.Add(field + "TimeZone", ProblemCodes.UnknownTimeZone, $"'{Quote.Short(zone)}' is no known time zone. Give an IANA name such as 'Europe/Warsaw'.");
        }

        if (recipient.ExternalId is { } id && (string.IsNullOrWhiteSpace(id) || id.Length > MaxExternalId))
        {
            problems.Add(field + "ExternalId", ProblemCodes.InvalidValue, $"The key of a contact or user has 1 to {MaxExternalId} characters.");
        }

        if (recipient.Address is { } address && string.IsNullOrWhiteSpace(address.Kind))
        {
            problems.Add(field + "Address", ProblemCodes.InvalidAddress, "The address names no kind. Make it with Recipient.Email, Recipient.Phone, or an Address with a kind.");
        }
    }

    private static void Name(Field field, string? name, ProblemList problems)
    {
        if (name is null)
        {
            return;
        }

        if (RequestText.HasControl(name))
        {
            problems.Add(field + "Name", ProblemCodes.LineBreak, "The name holds a line break or another control character. Take it out.");
        }

        if (name.Length > MaxName)
        {
            problems.Add(field + "Name", ProblemCodes.TooLong, $"The name has {name.Length} characters; it may have {MaxName}.");
        }
    }

    private static void Count(Submission submission, ProblemList problems)
    {
        var count = submission.Request.To.Count;
        if (count == 0)
        {
            problems.Add("To", ProblemCodes.Required, "The request has no recipient. Give one or several in To.");
        }
        else if (count > submission.Options.MaxRecipients)
        {
            problems.Add("To", ProblemCodes.TooLong, $"The request has {count} recipients; it may have {submission.Options.MaxRecipients}. Use SendBulkAsync for more.");
        }

        if (count > 1 && submission.Request.Cc.Count + submission.Request.Bcc.Count > 0)
        {
            problems.Add(
                submission.Request.Cc.Count > 0 ? "Cc" : "Bcc", ProblemCodes.Ambiguous, "Cc and Bcc go with a single recipient in To, since each recipient there gets a message of its own.");
        }
    }

    private static void Extra(string list, IReadOnlyList<Recipient> recipients, ProblemList problems)
    {
        for (var i = 0; i < recipients.Count && !problems.IsFull; i++)
        {
            Check(Field.Of(list, i), recipients[i], problems);
        }
    }
}
