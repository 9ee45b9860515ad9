namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>Takes away the white space around comments and partials, which Handlebars never gets to see. It does so itself for its own blocks.</summary>
/// <remarks>A tag alone on its line goes with the line, indentation included: the lines of a partial keep their own.</remarks>
internal static class Whitespace
{
    public static void Trim(List<Segment> segments)
    {
        var original = segments.ToArray();
        for (var i = 0; i < segments.Count; i++)
        {
            if (original[i] is not Segment.Tag { Type: TagType.Comment or TagType.Partial } tag)
            {
                continue;
            }

            var alone = EndsLine(original, i - 1) && BeginsLine(original, i + 1);
            Change(segments, i - 1, text => tag.TrimBefore ? text.TrimEnd() : alone ? text.TrimEnd(' ', '\t') : text);
            Change(segments, i + 1, text => tag.TrimAfter ? text.TrimStart() : alone ? AfterLine(text) : text);
        }
    }

    private static bool EndsLine(Segment[] segments, int i)
    {
        if (i < 0)
        {
            return true;
        }

        var text = (segments[i] as Segment.Static)?.Text.TrimEnd(' ', '\t');
        return text is [.., '\n'] || (i == 0 && text is []);
    }

    private static bool BeginsLine(Segment[] segments, int i)
    {
        if (i == segments.Length)
        {
            return true;
        }

        var text = (segments[i] as Segment.Static)?.Text.TrimStart(' ', '\t');
        return text is ['\n', ..] or ['\r', '\n', ..] || (i == segments.Length - 1 && text is []);
    }

    private static string AfterLine(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? "" : text[(end + 1)..];
    }

    private static void Change(List<Segment> segments, int i, Func<string, string> change)
    {
        if (i >= 0 && i < segments.Count && segments[i] is Segment.Static text)
        {
            segments[i] = text with { Text = change(text.Text) };
        }
    }
}
