using System.Diagnostics;
using System.Text;
using LoraPrivacy.Certifier.Suites;

namespace LoraPrivacy.Certifier.Commands;

/// <summary>The verb <c>generate</c>: computes and writes the vector files.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        Option<string?> only = new("--only") { Description = "Only this operation.", HelpName = "OPERATION" };
        Command command = new("generate", "Compute all vectors and write spec/vectors, the same bytes every time.") { only };
        command.SetAction(parsed => Run(parsed.GetValue(only)));
        return command;
    }

    private static int Run(string? only)
    {
        string folder = VectorFolder.Find();
        Directory.CreateDirectory(folder);
        VectorSuite[] suites = [.. SuiteTable.All.Where(suite => only is null || suite.Name == only)];
        if (suites.Length == 0)
        {
            throw new ArgumentException($"there is no operation '{only}'; there are {string.Join(", ", SuiteTable.All.Select(suite => suite.Name))}");
        }

        foreach (VectorSuite suite in suites)
        {
            Stopwatch watch = Stopwatch.StartNew();
            Dictionary<int, ExpectedResult> results = Certification.Of(suite.Computable);
            string path = Path.Combine(folder, VectorFile.NameOf(suite.Name));
            File.WriteAllText(path + ".new", VectorWriter.Text(suite.File(results)), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(path + ".new", path, overwrite: true);
            int count = suite.Groups.Sum(group => group.Tests.Count);
            Console.WriteLine($"{suite.Name}: {count} tests, {watch.Elapsed.TotalSeconds:0.0} s");
        }

        return 0;
    }
}
