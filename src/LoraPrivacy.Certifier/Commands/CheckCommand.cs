using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LoraPrivacy.Certifier.Vectors;

namespace LoraPrivacy.Certifier.Commands;

/// <summary>The verb <c>check</c>: computes vectors again from their parameters, and compares the files bit for bit.</summary>
internal static class CheckCommand
{
    private const int Different = 1;

    /// <summary>The command.</summary>
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
        List<(VectorSuite Suite, int Id, VectorTest Test)> computable = [.. SuiteTable.All.SelectMany(suite => VectorFileWriter.Numbered(suite)
            .Where(item => item.Test.ErrorCode is null).Select(item => (suite, item.Id, item.Test)))];
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

        Dictionary<int, JsonObject> computed = Certification.Of(chosen);
        int differences = SuiteTable.All.Sum(suite => Differences(Path.Combine(folder, suite.FileName), suite, computed));
        Console.WriteLine(differences == 0
            ? $"{computed.Count} results were computed again: every file is as generated"
            : $"{differences} files differ; lora-certifier generate writes them anew");
        return differences == 0 ? 0 : Different;
    }

    // The file must be what the suite gives with the results that it holds, but for those that were computed again.
    private static int Differences(string path, VectorSuite suite, Dictionary<int, JsonObject> computed)
    {
        if (!File.Exists(path))
        {
            Console.WriteLine($"{suite.FileName} is missing");
            return 1;
        }

        string text = File.ReadAllText(path);
        Dictionary<int, JsonObject> results = Stored(text);
        bool agrees = true;
        foreach ((int id, _) in VectorFileWriter.Numbered(suite).Where(item => item.Test.ErrorCode is null))
        {
            if (computed.TryGetValue(id, out JsonObject? result))
            {
                string was = results.TryGetValue(id, out JsonObject? stored) ? stored.ToJsonString() : "missing";
                if (was != result.ToJsonString())
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{suite.Operation} {id}: {was} is stored, {result.ToJsonString()} is computed"));
                    agrees = false;
                }

                results[id] = result;
            }
            else if (!results.ContainsKey(id))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{suite.Operation} {id} is missing"));
                return 1;
            }
        }

        if (agrees && VectorFileWriter.Text(suite, results) != text)
        {
            Console.WriteLine($"{suite.FileName} is not as generated, apart from its results");
            agrees = false;
        }

        return agrees ? 0 : 1;
    }

    private static Dictionary<int, JsonObject> Stored(string text)
    {
        Dictionary<int, JsonObject> results = [];
        foreach (JsonNode? group in JsonNode.Parse(text)!["groups"]!.AsArray())
        {
            foreach (JsonNode? test in group!["tests"]!.AsArray())
            {
                if (test!["expected"] is JsonObject expected)
                {
                    results[test["id"]!.GetValue<int>()] = expected;
                }
            }
        }

        return results;
    }
}
