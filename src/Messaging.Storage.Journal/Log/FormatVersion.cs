namespace Messaging.Storage.Journal.Log;

/// <summary>Refuses what a newer version of the package wrote.</summary>
internal static class FormatVersion
{
    public static void Check(int found, int known, string what)
    {
        if (found > known)
        {
            throw new JournalException(
                JournalProblem.NewerFormat,
                $"The journal has a {what} of format {found}; this version of Messaging.Storage.Journal reads up to {known}. Nothing was changed. Run the version that wrote it, or a later one.");
        }
    }
}
