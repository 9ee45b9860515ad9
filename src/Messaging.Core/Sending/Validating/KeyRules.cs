using System.Text;

namespace Messaging.Sending;

/// <summary>Checks keys, names and the caller's own data.</summary>
internal static class KeyRules
{
    public const int MaxKey = 200;
    private const int MaxCategory = 100;
    private const int MaxMetadata = 50;
    private const int MaxMetadataBytes = 8 * 1024;

    public static void Check(Submission submission)
    {
        var (request, problems) = (submission.Request, submission.Problems);
        Key(nameof(request.IdempotencyKey), request.IdempotencyKey, MaxKey, problems);
        Key(nameof(request.Reference), request.Reference, MaxKey, problems);
        Key(nameof(request.Category), request.Category ?? "", MaxCategory, problems);
        Key(nameof(request.Channel), request.Channel, MaxKey, problems);
        Key(nameof(request.Route), request.Route, MaxKey, problems);
        if (request.Priority is { } priority && !Enum.IsDefined(priority))
        {
            problems.Add(nameof(request.Priority), ProblemCodes.InvalidValue, "There is no such lane. Give Critical, High, Normal or Bulk.");
        }

        Metadata(request.Metadata, problems);
    }

    /// <summary>Checks a key, unless there is none.</summary>
    public static void Key(string field, string? key, int most, ProblemList problems)
    {
        if (key is not null && (string.IsNullOrWhiteSpace(key) || key.Length > most || RequestText.HasControl(key)))
        {
            problems.Add(
                field, key.Length > most ? ProblemCodes.TooLong : ProblemCodes.InvalidValue, $"The value has 1 to {most} characters, is not blank, and holds no control character.");
        }
    }

    private static void Metadata(IReadOnlyDictionary<string, string> metadata, ProblemList problems)
    {
        if (metadata.Count == 0)
        {
            return;
        }

        if (metadata.Count > MaxMetadata)
        {
            problems.Add(nameof(SendRequest.Metadata), ProblemCodes.TooLong, $"The metadata has {metadata.Count} entries; it may have {MaxMetadata}.");
            return;
        }

        var bytes = 0;
        foreach (var (name, value) in metadata)
        {
            if (string.IsNullOrWhiteSpace(name) || value is null)
            {
                problems.Add(nameof(SendRequest.Metadata), ProblemCodes.InvalidValue, "An entry has a blank name or no value. Give both, or leave it out.");
                return;
            }

            bytes += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
        }

        if (bytes > MaxMetadataBytes)
        {
            problems.Add(nameof(SendRequest.Metadata), ProblemCodes.TooLarge, $"The metadata has {bytes} bytes; it may have {MaxMetadataBytes}.");
        }
    }
}
