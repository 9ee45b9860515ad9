using System.Net.Mime;

namespace Messaging.Sending;

/// <summary>Checks names, types, counts and, where they are known already, sizes of attachments.</summary>
internal sealed class AttachmentRules(AttachmentOpener opener)
{
    private const int MaxName = 255;

    public void Check(Submission submission)
    {
        var attachments = submission.Request.Attachments;
        if (attachments.Count == 0)
        {
            return;
        }

        var (options, problems) = (submission.Options.Attachments, submission.Problems);
        if (attachments.Count > options.MaxCount)
        {
            problems.Add(
                nameof(SendRequest.Attachments), ProblemCodes.TooLong, $"The request has {attachments.Count} attachments; it may have {options.MaxCount} (MessagingOptions.Attachments.MaxCount).");
        }

        long total = 0;
        for (var i = 0; i < attachments.Count && !problems.IsFull; i++)
        {
            var field = Field.Of(nameof(SendRequest.Attachments), i);
            if (attachments[i] is not { } attachment)
            {
                problems.Add(field.ToString(), ProblemCodes.Required, "The attachment is null. Give one, or leave it out.");
                continue;
            }

            Check(field, attachment, options, problems);
            total += attachment.Content?.Length ?? 0;
        }

        Total(total, options, problems);
    }

    /// <summary>Notes when an attachment is too large.</summary>
    public static bool Size(Field field, long size, AttachmentOptions options, ProblemList problems)
    {
        if (size <= options.MaxBytes)
        {
            return true;
        }

        problems.Add(field.ToString(), ProblemCodes.TooLarge, $"The attachment has more than {options.MaxBytes} bytes (MessagingOptions.Attachments.MaxBytes).");
        return false;
    }

    /// <summary>Notes when all attachments together are too large.</summary>
    public static void Total(long total, AttachmentOptions options, ProblemList problems)
    {
        if (total > options.MaxTotalBytes)
        {
            problems.Add(
                nameof(SendRequest.Attachments), ProblemCodes.TooLarge, $"The attachments have more than {options.MaxTotalBytes} bytes together (MessagingOptions.Attachments.MaxTotalBytes).");
        }
    }

    private void Check(Field field, Attachment attachment, AttachmentOptions options, ProblemList problems)
    {
        Name(field, attachment.FileName, options, problems);
        Type(field, attachment.ContentType, options, problems);
        if (attachment.ContentId is { } id && (string.IsNullOrWhiteSpace(id) || id.AsSpan().ContainsAny(" <>") || RequestText.HasControl(id)))
        {
            problems.Add(field + "ContentId", ProblemCodes.InvalidValue, "The content id is a word without blanks or angle brackets, such as 'logo'.");
        }

        if (attachment.Source is { } source && !opener.Has(source))
        {
            problems.Add(field + "Source", ProblemCodes.UnknownSource, $"There is no attachment source '{Quote.Short(source)}'. {Quote.Known(source, opener.Sources)} Add it with AddAttachmentSource<T>().");
        }

        if (attachment.Content is { } content)
        {
            Size(field, content.Length, options, problems);
        }
    }

    private static void Name(Field field, string? name, AttachmentOptions options, ProblemList problems)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxName || name.AsSpan().ContainsAny("/\\") || name is "." or "..")
        {
            problems.Add(field + "FileName", ProblemCodes.InvalidValue, $"The file name has 1 to {MaxName} characters and no path.");
        }
        else if (RequestText.HasControl(name))
        {
            problems.Add(field + "FileName", ProblemCodes.LineBreak, "The file name holds a line break or another control character. Take it out.");
        }
        else if (IsBlocked(Path.GetExtension(name.AsSpan().TrimEnd(". ")), options.BlockedExtensions))
        {
            problems.Add(field + "FileName", ProblemCodes.BlockedType, "Files with this extension are refused (MessagingOptions.Attachments.BlockedExtensions).");
        }
    }

    private static void Type(Field field, string? type, AttachmentOptions options, ProblemList problems)
    {
        if (string.IsNullOrWhiteSpace(type) || RequestText.HasControl(type) || !ContentType(type, out var name))
        {
            problems.Add(field + "ContentType", ProblemCodes.InvalidValue, "The content type must be a media type, such as 'application/pdf'.");
        }
        else if (options.AllowedTypes.Count > 0 && !IsAllowed(name, options.AllowedTypes))
        {
            problems.Add(field + "ContentType", ProblemCodes.BlockedType, "The content type is not among those allowed (MessagingOptions.Attachments.AllowedTypes).");
        }
    }

    private static bool ContentType(string type, out string name)
    {
        try
        {
            name = new ContentType(type).MediaType;
            return true;
        }
        catch (FormatException)
        {
            name = "";
            return false;
        }
    }

    private static bool IsBlocked(ReadOnlySpan<char> extension, IList<string> blocked)
    {
        for (var i = 0; i < blocked.Count; i++)
        {
            if (extension.Equals(blocked[i], StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAllowed(string type, IList<string> allowed)
    {
        for (var i = 0; i < allowed.Count; i++)
        {
            var pattern = allowed[i];
            if (pattern.EndsWith("/*", StringComparison.Ordinal)
                ? type.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
                : type.Equals(pattern, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
