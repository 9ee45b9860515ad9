namespace Messaging.Sending;

/// <summary>Checks what goes into headers: a line break would end one and begin another.</summary>
internal static class HeaderRules
{
    private const int MaxLength = 998;

    public static void Check(Submission submission)
    {
        var (request, problems) = (submission.Request, submission.Problems);
        Check(nameof(request.From), request.From, problems);
        Check(nameof(request.ReplyTo), request.ReplyTo, problems);
        if (request.Locale is { } locale && !Cultures.IsKnown(locale))
        {
            problems.Add(nameof(request.Locale), ProblemCodes.UnknownLocale, $"'{Quote.Short(locale)}' is no known locale. Give a BCP 47 name such as 'pl-PL'.");
        }

        for (var i = 0; i < request.Extras.Count; i++)
        {
            if (request.Extras[i] is null)
            {
                problems.Add(Field.Of(nameof(request.Extras), i).ToString(), ProblemCodes.Required, "The entry is null. Give extras, or leave it out.");
            }
        }
    }

    private static void Check(string field, string? value, ProblemList problems)
    {
        if (value is null)
        {
            return;
        }

        if (RequestText.HasControl(value))
        {
            problems.Add(field, ProblemCodes.LineBreak, "The value holds a line break or another control character. Take it out.");
        }

        if (string.IsNullOrWhiteSpace(value))
        {
            problems.Add(field, ProblemCodes.InvalidValue, "The value is blank. Leave it null for the account's default.");
        }
        else if (value.Length > MaxLength)
        {
            problems.Add(field, ProblemCodes.TooLong, $"The value has {value.Length} characters; it may have {MaxLength}.");
        }
    }
}
