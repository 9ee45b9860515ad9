namespace Messaging.Storage.EfCore.Commit;

/// <summary>Splits text into words: runs of letters and digits, in lower case.</summary>
internal static class Words
{
    public static IEnumerable<string> Of(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
            {
                end++;
            }

            if (end > start)
            {
                yield return text[start..end].ToLowerInvariant();
            }

            start = end + 1;
        }
    }
}
