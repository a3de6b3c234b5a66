using System.Reflection;
using LoraPrivacy.Oracle.Reporting;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>report</c>: writes verdicts, pictures and tables as one HTML page.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "The folder that gets index.html; it is made where there is none." };
        Option<bool> quick = new("--quick") { Description = "Leave out the slow tables and most points of the pictures." };
        Option<string[]> conformance = new("--conformance")
        {
            Description = "A result file of conform --json to show; may be given several times.",
            HelpName = "RESULT.json",
            Arity = ArgumentArity.ZeroOrMore,
        };
        DetailedCommand command = new(
            "report",
            "Write verdicts, interactive pictures and tables as one HTML page that needs no network.",
            """
            The page may be opened from disk, published, printed and read on a phone: nothing is loaded.
            Made again, it has the same bytes.

            Examples
              lora-oracle report ./report
              lora-oracle report ./report --quick --conformance ours.json --conformance theirs.json

            """)
        {
            folder, quick, conformance,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(parsed.GetValue(folder)!, parsed.GetValue(quick), parsed.GetValue(conformance) ?? [], cancellation), cancellation));
        return command;
    }

    private static int Run(string folder, bool isQuick, string[] conformance, CancellationToken cancellation)
    {
        // What can be wrong with the input is found before the long work.
        ConformanceResult[] results = [.. conformance.Select(ConformanceFile.Read)];
        if (File.Exists(folder))
        {
            throw new InputException($"{folder}: is a file, not a folder");
        }

        ReportPage page = ReportWork.Run(isQuick, results, Version(), cancellation);
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, ReportPage.FileName);
        AtomicFile.Write(path, page.Render());
        Console.Error.WriteLine($"wrote {path}");
        return ExitCode.Success;
    }

    /// <summary>The version, and of the commit as much as tells it from others.</summary>
    internal static string Version()
    {
        string[] parts = typeof(ReportCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);
        return parts.Length == 1 ? parts[0] : $"{parts[0]}+{parts[1][..Math.Min(10, parts[1].Length)]}";
    }
}
