namespace Messaging.Samples.Nodes;

/// <summary>The command line.</summary>
/// <param name="Postgres">The database that all nodes share, in Npgsql's words.</param>
/// <param name="Name">What this node is called.</param>
/// <param name="Accept">How many bookings it confirms when it starts.</param>
/// <param name="Files">Where nodes put their mails, each in a folder of its own.</param>
/// <param name="Report">Whether it only says where all deliveries stand.</param>
public sealed record NodeOptions(string Postgres, string Name, int Accept, string Files, bool Report)
{
    /// <returns><see langword="null"/> when the line cannot be understood; the reason has been printed.</returns>
    public static NodeOptions? Parse(string[] args)
    {
        var options = new NodeOptions("", "node", 0, Path.Combine(Path.GetTempPath(), "messaging-nodes"), false);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            (options, i) = args[i] switch
            {
                "--postgres" when value.Contains('=') => (options with { Postgres = value }, i + 1),
                "--name" when value.Length > 0 => (options with { Name = value }, i + 1),
                "--accept" when int.TryParse(value, out var count) && count >= 0 => (options with { Accept = count }, i + 1),
                "--files" when value.Length > 0 => (options with { Files = Path.GetFullPath(value) }, i + 1),
                "--report" => (options with { Report = true }, i),
                _ => (options with { Postgres = "" }, args.Length),
            };
        }

        if (options.Postgres.Length > 0)
        {
            return options;
        }

        Console.Error.WriteLine("Usage: --postgres \"Host=…;Database=…;Username=…\" [--name one] [--accept 300] [--files FOLDER] | --report");
        return null;
    }
}
