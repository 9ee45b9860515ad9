using System.Globalization;
using System.Text;

namespace Messaging.Storage.EfCore.Migrating;

/// <summary>Writes the statements that bring a PostgreSQL database to a version, from whichever earlier one.</summary>
internal static class SchemaScripts
{
    /// <summary>Returns the version, or 0 when there is none; needs no right but to connect.</summary>
    public const string Exists = "SELECT to_regclass('messaging.schema_versions') IS NOT NULL";

    public const string Version = "SELECT coalesce(max(version), 0) FROM messaging.schema_versions";

    /// <summary>
    /// Comes before what <see cref="Write"/> returns while others work: whoever waits for the tables holds up all who come after. The limit is below
    /// the server's deadlock_timeout, so that an upgrade and a claim that wait for each other end as an upgrade that is tried again. Other upgrades are waited for.
    /// </summary>
    public const string GiveWay = Alone + "SET LOCAL lock_timeout = '400ms';\n";

    /// <summary>One at a time: the lock is held until the transaction ends, so that it works through a pooler too.</summary>
    private const string Alone = "SELECT pg_advisory_xact_lock(7310575218342487143);\n";

    private const string Begin = Alone + """
        DO $messaging$ BEGIN
          IF to_regnamespace('messaging') IS NULL THEN
            CREATE SCHEMA messaging;
          END IF;
          IF to_regclass('messaging.schema_versions') IS NULL THEN
            CREATE TABLE messaging.schema_versions (
              version integer NOT NULL PRIMARY KEY,
              name text NOT NULL,
              applied_at timestamptz NOT NULL DEFAULT now()
            );
          END IF;
        END $messaging$;

        """;

    /// <summary>Returns the statements, without those that begin and end the transaction.</summary>
    public static string Write(IEnumerable<SchemaStep> steps)
    {
        var text = new StringBuilder(Begin);
        foreach (var step in steps)
        {
            text.Append(CultureInfo.InvariantCulture, $"""

                DO $messaging$ BEGIN
                  IF NOT EXISTS (SELECT FROM messaging.schema_versions WHERE version = {step.Version}) THEN
                    EXECUTE $step{step.Version}$
                {step.Sql}
                $step{step.Version}$;
                    INSERT INTO messaging.schema_versions (version, name) VALUES ({step.Version}, '{step.Name}');
                  END IF;
                END $messaging$;

                """);
        }

        return text.ToString();
    }
}
