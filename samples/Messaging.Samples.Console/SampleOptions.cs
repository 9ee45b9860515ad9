using Spectre.Console;

namespace Messaging.Samples;

/// <summary>The command line: where mails go, and how many readers the newsletter has.</summary>
/// <param name="Smtp">A real server, or <see langword="null"/> for files.</param>
/// <param name="Directory">Where files go.</param>
/// <param name="Subscribers">Readers of the newsletter.</param>
public sealed record SampleOptions(string? Smtp, string Directory, int Subscribers)
{
    /// <returns><see langword="null"/> when the line cannot be understood; the reason has been printed.</returns>
    public static SampleOptions? Parse(string[] args)
    {
        var options = new SampleOptions(null, Path.Combine(Path.GetTempPath(), "messaging-sample"), 10_000);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--smtp" when value.Contains("://", StringComparison.Ordinal):
                    options = options with { Smtp = value };
                    break;
                case "--directory" when value.Length > 0:
                    options = options with { Directory = Path.GetFullPath(value) };
                    break;
                case "--subscribers" when int.TryParse(value, out var subscribers) && subscribers > 0:
                    options = options with { Subscribers = subscribers };
                    break;
                default:
                    AnsiConsole.WriteLine("Usage: [--smtp smtp+starttls://user:secret@host:587] [--directory FOLDER] [--subscribers 10000]");
                    return null;
            }
        }

        return options;
    }
}
