using FsCheck;
using FsCheck.Fluent;
using LoraPrivacy.Production.Data;

namespace LoraPrivacy.Laboratory.Tests.Commands;

/// <summary>What is published of private data D and of D′, which has one unit more, differs in the numbers of the mechanism alone (S31).</summary>
public class PrivateReleaseTests
{
    private static readonly TableSchema Schema = new(3, [(-1, 1), (0, 10)]);

    /// <summary>A table, some of whose lines are no records, with a line put in somewhere.</summary>
    public sealed record Neighbours(string[] Lines, int Place, string Added, long Seed)
    {
        public string[] WithAdded => [.. Lines[..Place], Added, .. Lines[Place..]];
    }

    public static class Arbitraries
    {
        public static Arbitrary<Neighbours> All() => Arb.From(
            from lines in Gen.ListOf(Line())
            from place in Gen.Choose(0, lines.Count)
            from added in Line()
            from seed in Gen.Choose(0, 1000)
            select new Neighbours([.. lines], place, added, seed));

        private static Gen<string> Line() => Gen.OneOf(
            from x in Gen.Choose(-30, 30) from y in Gen.Choose(-20, 200) from label in Gen.Choose(0, 2) select FormattableString.Invariant($"{x / 10.0},{y / 10.0},{label}"),
            from x in Gen.Choose(0, 2) select FormattableString.Invariant($"{x};{x};{x}"),
            Gen.Elements("0.1,0.2,7", "a,b,label", "1,2", "1,2,3,0", "NaN,1,0", "1,1e999,0", "", "1,1,0.5", "1\t1\t-1", "0,0,0", "\"1\",\"2\",\"1\""));
    }

    [Property(MaxTest = 500, Arbitrary = [typeof(Arbitraries)])]
    [Trait("Statement", "S31")]
    [Trait("Speed", "Slow")]
    public void A_line_more_is_one_example_more_or_none_and_changes_no_other(Neighbours pair)
    {
        (LabeledRows training, LabeledRows heldOut, long dropped) = Read(pair.Lines, pair.Seed);
        (LabeledRows moreTraining, LabeledRows moreHeldOut, long moreDropped) = Read(pair.WithAdded, pair.Seed);
        long more = Added(training, moreTraining) + Added(heldOut, moreHeldOut) + (moreDropped - dropped);
        Assert.Equal(pair.Added.Length == 0 ? 0 : 1, more);
        Assert.All(moreTraining.Features.Concat(moreHeldOut.Features), value => Assert.InRange(value, 0, 1));

        // What is read of many lines is what is read of each alone.
        (LabeledRows alone, LabeledRows aloneHeldOut, long aloneDropped) = Read([pair.Added], pair.Seed);
        Assert.Equal(
            (moreTraining.Labels.Count - training.Labels.Count, moreHeldOut.Labels.Count - heldOut.Labels.Count, moreDropped - dropped),
            (alone.Labels.Count, aloneHeldOut.Labels.Count, aloneDropped));
    }

    [Fact]
    public void A_split_by_the_number_of_lines_or_a_scale_from_the_data_is_caught()
    {
        // What held before: the last tenth is held out, and a column is scaled by its own range.
        string[] lines = [.. Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{i / 30.0},{i % 7},{i % 3}"))];
        string[] more = [.. lines.Prepend("1,9.5,0")];
        Assert.Equal(0, Added(ByCount(lines), ByCount(lines)));
        Assert.ThrowsAny<Exception>(() => Added(ByCount(lines), ByCount(more)));

        static LabeledRows ByCount(string[] lines)
        {
            List<double> features = [];
            List<long> labels = [.. lines[..^(lines.Length / 10)].Select(line => Schema.Read(line, features)!.Value)];
            double largest = features.Max();
            return new([.. features.Select(value => value / largest)], labels);
        }
    }

    [Fact]
    public void Equal_lines_are_on_the_same_side_and_a_tenth_is_held_out()
    {
        string[] lines = [.. Enumerable.Range(0, 2000).Select(i => FormattableString.Invariant($"0.5,{i / 200.0},1"))];
        (LabeledRows training, LabeledRows heldOut, _) = Read([.. lines, .. lines], 3);
        Assert.Equal(4000, training.Labels.Count + heldOut.Labels.Count);

        // Binomial: 2,000 draws at 0.1, twice each; beyond 7 standard deviations with probability below 1e-9.
        Assert.InRange(heldOut.Labels.Count / 2.0, 200 - 94, 200 + 94);
        double[] second = [.. heldOut.Features.Where((_, i) => i % 2 == 1)];
        Assert.Equal(second[..(second.Length / 2)], second[(second.Length / 2)..]);
    }

    [Fact]
    [Trait("Statement", "S31")]
    [Trait("Speed", "Slow")]
    public async Task Neighbouring_tables_publish_the_same_but_for_the_weights()
    {
        string[] lines = [.. Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{(i % 9) - 4},{i % 5},{i % 3}"))];

        // A label and a range not seen before, in front; a header; and a line of another width.
        await Publish(lines, ["0.1,900,2", .. lines]);
        await Publish(lines, ["width,height,label", .. lines, "1,2,3,4,5"]);

        static async Task Publish(params string[][] tables)
        {
            using TemporaryDirectory files = new();
            string[] outputs = new string[2];
            for (int i = 0; i < 2; i++)
            {
                string data = files.Write($"{i}.csv", Encoding.UTF8.GetBytes(string.Join('\n', tables[i]) + "\n"));
                outputs[i] = Path.Combine(files.Location, $"out{i}");
                await Train(
                    outputs[i], "--data", data, "--classes", "4", "--features", "2", "--feature-range", "-4:4", "--public-size", "36", "--batch", "9", "--checkpoint-every", "1");
            }

            AssertSamePublication(outputs);
        }
    }

    [Fact]
    [Trait("Statement", "S31")]
    [Trait("Speed", "Slow")]
    public async Task Neighbouring_texts_publish_the_same_but_for_the_weights()
    {
        using TemporaryDirectory files = new();
        string text = string.Join("\n\n", Enumerable.Range(0, 12).Select(i => $"Document {i}\nwith {i * i} words."));
        string[] outputs = new string[2];
        for (int i = 0; i < 2; i++)
        {
            string data = files.Write($"{i}.txt", Encoding.UTF8.GetBytes((i == 0 ? "" : "One more.\n\n") + text));
            outputs[i] = Path.Combine(files.Location, $"out{i}");
            await Train(
                outputs[i], "--model", "gpt", "--pretrain-steps", "0", "--context", "8", "--rank", "2", "--data", data, "--unit", "document", "--dp-rate", "0.2", "--batch", "2");
        }

        AssertSamePublication(outputs);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task With_a_seed_nothing_is_called_private()
    {
        using TemporaryDirectory files = new();
        string output = Path.Combine(files.Location, "out");
        CommandProcess.Result result = await Train(output, "--seed", "1");
        Assert.Contains("Private: no. The seed was given", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ε", result.Output + result.Error.Replace("no ε: the seed was given", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, Record(output).GetProperty("epsilon").ValueKind);
    }

    [Theory]
    [InlineData("--dp-noise", "1", "--optimizer", "sgd", "--learning-rate", "1e30")]
    [InlineData("--dp-noise", "1e6", "--dp-clip", "1e30", "--dp-rate", "1e-9")]
    [Trait("Speed", "Slow")]
    public async Task What_is_not_finite_is_never_called_private(params string[] options)
    {
        using TemporaryDirectory files = new();
        string output = Path.Combine(files.Location, "out");
        CommandProcess.Result result = await LaboratoryProcess.RunAsync(
            string.Empty, ["train", "--output", output, "--steps", "6", "--device", "cpu", .. options]);
        Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
        Assert.Contains("lora-lab: error: the values given are too extreme", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ε ≤", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(files.Location));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Data_without_a_record_train_on_noise_alone()
    {
        using TemporaryDirectory files = new();
        string data = files.Write("empty.csv", "no,numbers\n"u8.ToArray());
        string output = Path.Combine(files.Location, "out");
        await Train(output, "--data", data, "--classes", "2", "--features", "1", "--feature-range", "0:1", "--public-size", "100");
        Assert.Equal(2, Record(output).GetProperty("featureRanges")[0].GetArrayLength());
    }

    [Fact]
    public void The_size_of_the_bundled_text_is_what_it_is_declared_to_be()
    {
        TextCorpus corpus = TextCorpus.Bundled();
        Assert.Equal(TextCorpus.BundledLength, corpus.Training.Length + corpus.HeldOut.Length);
        Assert.Equal(PrivacyUnit.Split(corpus.Training, PrivacyUnit.Piece, 65).Count(), TextSubject.BundledPieces(halved: false, 65));
        Assert.Equal(
            PrivacyUnit.Split(corpus.Training[(corpus.Training.Length / 2)..], PrivacyUnit.Piece, 65).Count(), TextSubject.BundledPieces(halved: true, 65));
    }

    private static async Task<CommandProcess.Result> Train(string output, params string[] options)
    {
        CommandProcess.Result result = await LaboratoryProcess.RunAsync(
            string.Empty, ["train", "--output", output, "--steps", "3", "--dp-noise", "1", "--device", "cpu", .. options]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.DoesNotContain("oss", result.Output.Replace("losses", "", StringComparison.Ordinal), StringComparison.Ordinal);
        return result;
    }

    private static void AssertSamePublication(string[] outputs)
    {
        string[][] names = [.. outputs.Select(output => Directory.GetFiles(output, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(output, file)).Order().ToArray())];
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors", "base/model.safetensors", "training.json"], names[0].Where(name => name != "base/config.json"));
        Assert.Equal(names[0], names[1]);
        foreach (string name in names[0])
        {
            byte[][] bytes = [.. outputs.Select(output => File.ReadAllBytes(Path.Combine(output, name)))];
            Assert.Equal(bytes[0].Length, bytes[1].Length);

            // Of weights the header, with names, types and shapes.
            int compared = name.EndsWith(".safetensors", StringComparison.Ordinal) ? 8 + BitConverter.ToInt32(bytes[0]) : bytes[0].Length;
            Assert.Equal(bytes[0][..compared], bytes[1][..compared]);
        }

        foreach (string output in outputs)
        {
            JsonElement record = Record(output);
            foreach (string name in new[] { "examples", "heldOutExamples", "heldOutLossBefore", "heldOutLossAfter", "dataFile" })
            {
                Assert.False(record.TryGetProperty(name, out _), name);
            }

            string file = Assert.Single(Directory.GetFileSystemEntries(output + ".private"));
            string kept = File.ReadAllText(file);
            Assert.StartsWith("{ \"PRIVATE\": \"Do not publish", kept, StringComparison.Ordinal);
            Assert.True(JsonDocument.Parse(kept).RootElement.TryGetProperty("heldOutLossAfter", out _));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(output + ".private"));
            }
        }
    }

    private static JsonElement Record(string output) => JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "training.json"))).RootElement;

    private static (LabeledRows Training, LabeledRows HeldOut, long Dropped) Read(string[] lines, long seed)
    {
        using TemporaryDirectory files = new();
        string file = files.Write("table.csv", Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        TableData data = TableData.ReadPrivate(file, null, Schema, RandomSource.FromSeed(seed));
        return (data.Training, data.HeldOut, data.Dropped);
    }

    /// <summary>How many rows, none or one, the second has more than the first, which is otherwise the same.</summary>
    private static int Added(LabeledRows rows, LabeledRows more)
    {
        (double, double, long)[] without = Tuples(rows);
        (double, double, long)[] with = Tuples(more);
        int first = 0;
        while (first < without.Length && first < with.Length && without[first] == with[first])
        {
            first++;
        }

        Assert.InRange(with.Length - without.Length, 0, 1);
        Assert.Equal(without[first..], with[(first + with.Length - without.Length)..]);
        return with.Length - without.Length;

        static (double, double, long)[] Tuples(LabeledRows rows)
            => [.. rows.Labels.Select((label, i) => (rows.Features[2 * i], rows.Features[(2 * i) + 1], label))];
    }
}
