using System.Globalization;
using LoraPrivacy.Certifier.Suites;

namespace LoraPrivacy.Certifier.Commands;

/// <summary>The verb <c>check</c>: computes vectors again from their parameters, and compares the files bit for bit.</summary>
internal static class CheckCommand
{
    private const int Different = 1;

    public static Command Create()
    {
        Option<int?> sample = new("--sample") { Description = "Compute N results again, drawn at random; all without it.", HelpName = "N" };
        Option<int?> seed = new("--seed") { Description = "The seed of the draw; printed, and random without it.", HelpName = "S" };
        Command command = new("check", "Compute the stored vectors again, and compare.") { sample, seed };
        command.SetAction(parsed => Run(parsed.GetValue(sample), parsed.GetValue(seed)));
        return command;
    }

    private static int Run(int? sample, int? seed)
    {
        string folder = VectorFolder.Find();
        IReadOnlyList<string> inconsistent = SelfCheck.Failures();
        if (inconsistent.Count > 0)
        {
            Console.WriteLine($"enclosures in two ways do not overlap: {string.Join("; ", inconsistent)}");
            return Different;
        }

        List<(VectorSuite Suite, int Id, VectorTest Test)> computable = [.. SuiteTable.All.SelectMany(suite => suite.Computable)];
        IReadOnlyList<(VectorSuite Suite, int Id, VectorTest Test)> chosen = computable;
        if (sample is int count)
        {
            if (count < 1)
            {
                throw new ArgumentException($"--sample must be at least 1, but is {count}");
            }

            int drawn = seed ?? Random.Shared.Next();
            Console.WriteLine($"{Math.Min(count, computable.Count)} of {computable.Count} results, seed {drawn}");
            (VectorSuite, int, VectorTest)[] shuffled = [.. computable];
            new Random(drawn).Shuffle(shuffled);
            chosen = shuffled[..Math.Min(count, shuffled.Length)];
        }

        Dictionary<int, ExpectedResult> computed = Certification.Of(chosen);
        int differences = SuiteTable.All.Sum(suite => Differences(Path.Combine(folder, VectorFile.NameOf(suite.Name)), suite, computed));
        Console.WriteLine(differences == 0
            ? $"{computed.Count} results were computed again: every file is as generated"
            : $"{differences} files differ; lora-certifier generate writes them anew");
        return differences == 0 ? 0 : Different;
    }

    // The file must be what the suite gives with the results that it holds, but for those that were computed again.
    private static int Differences(string path, VectorSuite suite, Dictionary<int, ExpectedResult> computed)
    {
        if (!File.Exists(path))
        {
            Console.WriteLine($"{VectorFile.NameOf(suite.Name)} is missing");
            return 1;
        }

        string text = File.ReadAllText(path);
        Dictionary<int, ExpectedResult> results = Stored(path);
        foreach ((_, int id, _) in suite.Computable)
        {
            if (computed.TryGetValue(id, out ExpectedResult? result))
            {
                results[id] = result;
            }
            else if (!results.ContainsKey(id))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{suite.Name} {id} is missing"));
                return 1;
            }
        }

        string generated = VectorWriter.Text(suite.File(results));
        foreach ((string was, string now) in text.Split('\n').Zip(generated.Split('\n')).Where(lines => lines.First != lines.Second))
        {
            Console.WriteLine($"{suite.Name}: {was.Trim()} is stored, {now.Trim()} is computed");
        }

        return generated == text ? 0 : 1;
    }

    private static Dictionary<int, ExpectedResult> Stored(string path) => VectorReader.Read(path, File.ReadAllBytes(path)).Vectors
        .Select(test => (test.Id, Result: (test.Expectation as Expectation.Valid)?.Result ?? (test.Expectation as Expectation.Acceptable)?.Result))
        .Where(item => item.Result is not null).ToDictionary(item => item.Id, item => item.Result!);
}
