namespace Messaging.Storage.Journal.Snapshots;

/// <summary>The same where rows and records are in files: snapshots name them, and a crash at any step leaves what belongs together.</summary>
public sealed class ColdCompactionTests : CompactionTests
{
    protected override bool IsCold => true;
}
