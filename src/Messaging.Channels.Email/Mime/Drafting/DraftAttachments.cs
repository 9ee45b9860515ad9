using System.Buffers;

namespace Messaging.Channels.Email;

/// <summary>Checks what attachments say about themselves.</summary>
internal static class DraftAttachments
{
    private const int LongestName = 255;

    private static readonly SearchValues<char> Token = SearchValues.Create(
        "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static DraftProblem? Check(IReadOnlyList<OutboundAttachment> attachments)
    {
        for (var i = 0; i < attachments.Count; i++)
        {
            var attachment = attachments[i];
            var problem = CheckName(attachment.FileName, i) ?? CheckType(attachment.ContentType, i) ?? CheckId(attachment.ContentId, i);
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>Says what is wrong with the name of a file.</summary>
    public static DraftProblem? CheckName(string name, int index)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName)
        {
            return Problem(index, "FileName", $"A file has a name of 1 to {LongestName} characters.");
        }

        foreach (var c in name)
        {
            if (char.IsControl(c))
            {
                return Problem(index, "FileName", "The name holds a line break or another control character. Take it out.");
            }
        }

        return null;
    }

    /// <summary>Says what is wrong with a media type.</summary>
    public static DraftProblem? CheckType(string type, int index)
    {
        if (type.AsSpan().ContainsAnyExceptInRange(' ', '~') || type.Length > LongestName)
        {
            return Problem(index, "ContentType", $"The media type holds a line break or a character outside ASCII, or has more than {LongestName} characters.");
        }

        var name = MediaType.NameOf(type);
        var slash = name.IndexOf('/');
        return slash < 1 || slash == name.Length - 1 || name[..slash].ContainsAnyExcept(Token) || name[(slash + 1)..].ContainsAnyExcept(Token)
            ? Problem(index, "ContentType", "A media type has the form type/subtype, such as application/pdf.")
            : null;
    }

    /// <summary>Says what is wrong with the id of an inline file.</summary>
    public static DraftProblem? CheckId(string? id, int index) =>
        id is null || (HeaderText.IsToken(id) && id.Length <= LongestName && !id.AsSpan().ContainsAny('<', '>'))
            ? null
            : Problem(index, "ContentId", "An id is printable ASCII without blanks and angle brackets, such as logo or logo@example.com.");

    private static DraftProblem Problem(int index, string field, string text) => new($"Attachments[{index}].{field}", text);
}
