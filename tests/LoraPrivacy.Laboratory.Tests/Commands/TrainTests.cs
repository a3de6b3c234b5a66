using System.Text.RegularExpressions;
using LoraPrivacy.Production.Models;
using LoraPrivacy.Reference.Accounting;

namespace LoraPrivacy.Laboratory.Tests.Commands;

public class TrainTests
{
    // Some file: what is in it is not read before the options fit.
    private const string Table = "lora-oracle.dll";

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Digits_train_and_leave_an_adapter_with_its_record()
    {
        using TemporaryDirectory files = new();
        string output = Path.Combine(files.Location, "adapter");
        string[] command = ["train", "--output", output, "--steps", "5", "--rank", "4", "--device", "cpu"];
        CommandProcess.Result result = await LaboratoryProcess.RunAsync(string.Empty, command);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("what is published is a function of the data, so that", result.Output, StringComparison.Ordinal);
        Assert.Contains("step 5/5: loss", result.Error, StringComparison.Ordinal);
        Assert.Contains("no ε: plain training adds no noise", result.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["adapter_config.json", "adapter_model.safetensors", "base", "training.json"],
            Directory.GetFileSystemEntries(output).Select(Path.GetFileName).Order());
        using JsonDocument record = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(output, "training.json")));
        Assert.Equal("none", record.RootElement.GetProperty("mechanism").GetString());
        Assert.Equal(JsonValueKind.Null, record.RootElement.GetProperty("epsilon").ValueKind);

        CommandProcess.Result again = await LaboratoryProcess.RunAsync(string.Empty, command);
        Assert.Equal((1, string.Empty), (again.ExitCode, again.Output));
        Assert.Contains("is not empty; --resume", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Private_training_says_what_it_guarantees_and_audit_reads_it()
    {
        using TemporaryDirectory files = new();
        string output = Path.Combine(files.Location, "adapter");
        CommandProcess.Result result = await LaboratoryProcess.RunAsync(
            string.Empty, "train", "--output", output, "--steps", "4", "--dp-noise", "2", "--batch", "30", "--dp-clip", "0.5", "--device", "cpu");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(", δ = 1e-5)-differentially private, upper end of the proved bracket of S19", result.Output, StringComparison.Ordinal);
        Assert.Contains("the unit of privacy is one line.", result.Output, StringComparison.Ordinal);
        Assert.Contains("sampling rate 0.02 of 1500 examples as declared, expected batch 30, noise multiplier 2, clipping norm 0.5", result.Output, StringComparison.Ordinal);
        using JsonDocument record = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(output, "training.json")));
        Assert.Equal(
            (2, 0.02, 0.5, 4, true),
            (Number("noiseMultiplier"), Number("samplingRate"), Number("clippingNorm"), Number("steps"), record.RootElement.GetProperty("secretSeed").GetBoolean()));
        Assert.Equal(
            ("rounded", "2^-25", 1.0, 0.5),
            (record.RootElement.GetProperty("noiseSampler").GetString(), record.RootElement.GetProperty("noiseGranularity").GetString(), Number("noiseDeviation"), Number("sensitivity")));

        // What is claimed is the upper end of the bracket that account proves.
        CommandProcess.Result account = await CommandProcess.RunAsync("lora-oracle", string.Empty, "account", "dp-sgd", "--noise", "2", "--rate", "0.02", "--steps", "4", "--delta", "1e-5", "--json");
        using JsonDocument proved = JsonDocument.Parse(account.Output);
        Assert.Equal(proved.RootElement.GetProperty("rows")[0].GetProperty("upper").GetDouble(), Number("epsilon"));
        CommandProcess.Result audit = await CommandProcess.RunAsync("lora-oracle", string.Empty, "audit", output);
        Assert.True(audit.ExitCode == 0, audit.Error);
        Assert.Contains("DP-SGD", audit.Output, StringComparison.Ordinal);
        Assert.Contains("unit of privacy", audit.Output, StringComparison.Ordinal);

        double Number(string name) => record.RootElement.GetProperty(name).GetDouble();
    }

    [Fact]
    [Trait("Statement", "S30")]
    [Trait("Speed", "Slow")]
    public async Task Discrete_noise_is_accounted_as_such_and_recorded()
    {
        using TemporaryDirectory files = new();
        string output = Path.Combine(files.Location, "adapter");
        CommandProcess.Result result = await LaboratoryProcess.RunAsync(
            string.Empty, "train", "--output", output, "--steps", "2", "--dp-noise", "0.7", "--dp-rate", "1", "--noise-sampler", "exact", "--device", "cpu");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("of S30, add or remove one example", result.Output, StringComparison.Ordinal);
        Assert.Contains("Noise: discrete Gaussian, by integers alone (S30), on a lattice of step 2^-24; clipped gradients are rounded to it toward zero, so that the sensitivity stays 1.", result.Output, StringComparison.Ordinal);
        using JsonDocument record = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(output, "training.json")));
        Assert.Equal("exact", record.RootElement.GetProperty("noiseSampler").GetString());
        Assert.InRange(record.RootElement.GetProperty("noiseDeviation").GetDouble(), 0.7, 0.7 + Math.ScaleB(1, -24));

        // Without sampling normal noise has less, by its exact curve.
        double epsilon = record.RootElement.GetProperty("epsilon").GetDouble();
        Assert.Equal(new DiscreteGaussianMechanism(0.7, 1, 2).Epsilon(1e-5).Upper, epsilon);
        Assert.True(epsilon > new DpSgdMechanism(0.7, 1, 2).Epsilon(1e-5).Upper);
        CommandProcess.Result audit = await CommandProcess.RunAsync("lora-oracle", string.Empty, "audit", output);
        Assert.Contains("are what S30 proves", audit.Output, StringComparison.Ordinal);

        CommandProcess.Result plain = await LaboratoryProcess.RunAsync(string.Empty, "train", "--output", output + "2", "--noise-sampler", "exact");
        Assert.Equal((1, string.Empty), (plain.ExitCode, plain.Output));
        Assert.Contains("--noise-sampler needs --dp-noise", plain.Error, StringComparison.Ordinal);
    }

    /// <summary>What can be checked is checked before work starts, and a start that fails leaves all as it was, an earlier result too.</summary>
    [Theory]
    [InlineData("--batch must be in [1, examples", "--batch", "1000000")]
    [InlineData("targets must take at least one linear layer", "--targets", "nothing")]
    [InlineData("lora-lab: error: --output @/file/in/it: ", "--output", "@/file/in/it")]
    [Trait("Speed", "Slow")]
    public async Task A_start_that_fails_leaves_nothing_behind(string message, params string[] options)
    {
        using TemporaryDirectory files = new();
        files.Write("file", [1]);
        string earlier = Path.Combine(files.Location, "earlier");
        Directory.CreateDirectory(Path.Combine(earlier, "base"));
        await File.WriteAllTextAsync(Path.Combine(earlier, "training.json"), "{}");
        string[] before = Directory.GetFileSystemEntries(files.Location, "*", SearchOption.AllDirectories);
        foreach (string output in new[] { Path.Combine(files.Location, "new", "inner"), earlier })
        {
            string[] given = [.. options.Select(word => word.Replace("@", files.Location, StringComparison.Ordinal))];
            string[] command = ["train", "--model", "gpt", "--device", "cpu", "--force", .. given, .. given.Contains("--output") ? [] : new[] { "--output", output }];
            CommandProcess.Result result = await LaboratoryProcess.RunAsync(string.Empty, command);
            Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
            Assert.Contains(message.Replace("@", files.Location, StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
            Assert.Equal(result.Error.Length - 1, result.Error.IndexOf('\n', StringComparison.Ordinal));
            Assert.Equal(before.Order(), Directory.GetFileSystemEntries(files.Location, "*", SearchOption.AllDirectories).Order());
        }
    }

    /// <summary>Classes that only the size of the numbers tells apart, in a file sorted by class.</summary>
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_sorted_table_of_separable_classes_is_learned()
    {
        using TemporaryDirectory files = new();
        string table = files.Write("sorted.csv", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 150).Select(i => FormattableString.Invariant($"{5 + (i / 50) + (i % 7 * 0.05)},{5 + (i / 50) + (i % 5 * 0.08)},{i / 50}\n")))));
        CommandProcess.Result result = await LaboratoryProcess.RunAsync(string.Empty, [
            "train", "--data", table, "--output", Path.Combine(files.Location, "o"), "--steps", "200", "--learning-rate", "0.1", "--seed", "1", "--device", "cpu"]);
        Match loss = Regex.Match(result.Output, "Loss on held-out data: .* before, (.*) after");
        Assert.True(loss.Success, result.Error);
        Assert.InRange(double.Parse(loss.Groups[1].Value, CultureInfo.InvariantCulture), 0, 0.3);
    }

    /// <summary>A result that cannot be written (here because a folder is in its place) costs no training, even where its checkpoint cannot either.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Speed", "Slow")]
    public async Task A_finished_training_that_cannot_be_written_is_kept(bool withoutCheckpoint)
    {
        using TemporaryDirectory files = new();
        string inTheWay = Path.Combine(files.Location, "training.json");
        Directory.CreateDirectory(Path.Combine(inTheWay, "inner"));
        string checkpoints = Path.Combine(files.Location, "checkpoint");
        if (withoutCheckpoint)
        {
            files.Write("checkpoint", []);
        }

        string[] command = ["train", "--output", files.Location, "--steps", "2", "--device", "cpu"];
        CommandProcess.Result failed = await LaboratoryProcess.RunAsync(string.Empty, [.. command, "--force"]);
        Assert.Equal((1, string.Empty), (failed.ExitCode, failed.Output));
        Assert.Contains("the finished training is saved", failed.Error, StringComparison.Ordinal);
        Directory.Delete(inTheWay, recursive: true);
        if (withoutCheckpoint)
        {
            string saved = Regex.Match(failed.Error, "the training is saved in (.+) instead").Groups[1].Value;
            File.Delete(checkpoints);
            Directory.CreateDirectory(checkpoints);
            Directory.Move(saved, Path.Combine(checkpoints, Path.GetFileName(saved)));
            Directory.Delete(Path.GetDirectoryName(saved)!);
        }

        CommandProcess.Result resumed = await LaboratoryProcess.RunAsync(string.Empty, [.. command, "--resume"]);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.True(File.Exists(inTheWay));
        Assert.False(Directory.Exists(checkpoints));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task An_interrupted_training_goes_on_to_the_same_adapter()
    {
        using TemporaryDirectory files = new();
        string straight = Path.Combine(files.Location, "straight");
        string resumed = Path.Combine(files.Location, "resumed");
        string text = files.Write("text.txt", [.. Enumerable.Range(0, 2000).Select(i => (byte)('a' + (i * i % 23)))]);
        string[] Command(string output) =>
        [
            "train", "--model", "gpt", "--pretrain-steps", "0", "--context", "16", "--data", text, "--unit", "piece", "--public-size", "100", "--dp-noise", "1", "--batch", "2", "--dropout", "0.1",
            "--steps", "150", "--rank", "2", "--seed", "5", "--device", "cpu", "--output", output,
        ];
        Task<CommandProcess.Result> whole = LaboratoryProcess.RunAsync(string.Empty, Command(straight));

        using Process process = LaboratoryProcess.Start([.. Command(resumed), "--checkpoint-every", "5"]);
        Task<string> error = process.StandardError.ReadToEndAsync();
        Stopwatch watch = Stopwatch.StartNew();
        string checkpoints = Path.Combine(resumed + ".private", "checkpoint");
        while (!Directory.Exists(checkpoints) && watch.Elapsed < CommandProcess.Patience)
        {
            await Task.Delay(20);
        }

        using (Process kill = Process.Start("kill", ["-HUP", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 129, await error);
        Assert.Contains("of 150 steps; saved", await error, StringComparison.Ordinal);
        Assert.Contains("--resume", await error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(resumed, "training.json")));
        string checkpoint = Assert.Single(Directory.GetDirectories(checkpoints));

        // The tensors, the step and the adapter: a flipped bit of each is one line.
        foreach (string name in new[] { "state.safetensors", "checkpoint.json", "adapter_model.safetensors" })
        {
            string path = Path.Combine(checkpoint, name);
            byte[] kept = await File.ReadAllBytesAsync(path);
            byte[] flipped = [.. kept];
            flipped[^40] ^= 1;
            await File.WriteAllBytesAsync(path, flipped);
            CommandProcess.Result refused = await LaboratoryProcess.RunAsync(string.Empty, [.. Command(resumed), "--resume"]);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("changed after the checkpoint was saved", Assert.Single(refused.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
            await File.WriteAllBytesAsync(path, kept);
        }

        CommandProcess.Result other = await LaboratoryProcess.RunAsync(string.Empty, [.. Command(resumed), "--resume", "--dp-clip", "3"]);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("belongs to another training: Privacy is", other.Error, StringComparison.Ordinal);
        CommandProcess.Result rest = await LaboratoryProcess.RunAsync(string.Empty, [.. Command(resumed), "--resume"]);
        Assert.True(rest.ExitCode == 0, rest.Error);
        Assert.False(Directory.Exists(checkpoints));
        Assert.Equal(0, (await whole).ExitCode);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(straight, "adapter_model.safetensors")),
            await File.ReadAllBytesAsync(Path.Combine(resumed, "adapter_model.safetensors")));
    }

    [Theory]
    [InlineData("--dp-clip and --dp-rate need --dp-noise", "--dp-rate", "0.1")]
    [InlineData("--dp-noise must be a number in [1e-6, 1000000], but is '-1'", "--dp-noise", "-1")]
    [InlineData("--learning-rate must be a number in [1e-30, 1e30], but is '1e300'", "--learning-rate", "1e300", "--optimizer", "sgd")]
    [InlineData("must have at least 600001 bytes to train on", "--model", "gpt", "--context", "600000")]
    [InlineData("--targets must be names with commas between them, none empty, but is 'a,'", "--targets", "a,")]
    [InlineData("--base must be a folder, but /nowhere/to/be/found is none", "--base", "/nowhere/to/be/found")]
    [InlineData("--tokenizer must be bytes, but is 'gpt2'", "--model", "gpt", "--tokenizer", "gpt2")]
    [InlineData("--tokenizer applies to --model gpt", "--tokenizer", "bytes")]
    [InlineData("--fresh-a needs --optimizer sgd", "--fresh-a")]
    [InlineData("--max-grad-norm and --dp-noise exclude each other", "--dp-noise", "1", "--max-grad-norm", "1")]
    [InlineData("--batch must be in [1, examples = 1500], but is 1501", "--dp-noise", "1", "--batch", "1501")]
    [InlineData("--batch must be in [1, examples = 1500], but is 1501", "--batch", "1501")]
    [InlineData("--batch must be in [1, examples = 20], but is 21", "--dp-noise", "1", "--batch", "21", "--data", Table, "--classes", "2", "--features", "1", "--feature-range", "0:1", "--public-size", "20")]
    [InlineData("--dp-noise on a CSV needs --classes, --features and --feature-range, declared without a look at the data", "--dp-noise", "1", "--data", Table, "--public-size", "20")]
    [InlineData("such as --classes 3 --features 4 --feature-range 0:10", "--dp-noise", "1", "--data", Table, "--classes", "2", "--features", "1")]
    [InlineData("--dp-noise needs a declared size of these data, which is never counted: --public-size N", "--dp-noise", "1", "--data", Table, "--classes", "2", "--features", "1", "--feature-range", "0:1")]
    [InlineData("--dp-noise needs a declared size of these data", "--dp-noise", "1", "--model", "gpt", "--unit", "document", "--dp-rate", "0.1")]
    [InlineData("--dp-noise on a text needs its unit of privacy: --unit line, --unit document", "--dp-noise", "1", "--model", "gpt", "--data", Table, "--public-size", "20")]
    [InlineData("--feature-range must be LOW:HIGH with finite LOW < HIGH, one or several with commas between them, but is '1:1'", "--feature-range", "1:1")]
    [InlineData("--feature-range must be one range, or one for each of the 3 features, but is 2 ranges", "--dp-noise", "1", "--data", Table, "--classes", "2", "--features", "3", "--feature-range", "0:1,0:2", "--public-size", "20")]
    [InlineData("--classes must be an integer in [1, 10000], but is '0'", "--classes", "0")]
    [InlineData("--classes, --features and --feature-range apply to a CSV given as --data", "--dp-noise", "1", "--classes", "3")]
    [InlineData("--unit, --public-size, --classes, --features and --feature-range need --dp-noise", "--unit", "line")]
    [InlineData("--unit must be line for a CSV", "--dp-noise", "1", "--unit", "document")]
    [InlineData("--unit must be one of line, document, piece, but is 'person'", "--dp-noise", "1", "--unit", "person")]
    [InlineData("--public-size needs --data: the size of the bundled data is published", "--dp-noise", "1", "--public-size", "1000")]
    [InlineData("--held-out needs --data", "--held-out", Table)]
    [InlineData("--batch and --dp-rate exclude each other where the number of examples is public", "--dp-noise", "1", "--batch", "15", "--dp-rate", "0.1")]
    [InlineData("has no checkpoint", "--resume")]
    [InlineData("--data must be a file, but /nowhere/to/be/found.csv is none", "--data", "/nowhere/to/be/found.csv")]
    [InlineData("device must be auto, cpu, cuda or cuda:N, but is tpu", "--device", "tpu")]
    [InlineData("targets must take at least one linear layer", "--targets", "q_proj")]
    [Trait("Speed", "Slow")]
    public async Task Bad_input_is_one_line_and_leaves_nothing(string message, params string[] options)
    {
        using TemporaryDirectory files = new();
        string output = Path.Combine(files.Location, "adapter");
        CommandProcess.Result result = await LaboratoryProcess.RunAsync(string.Empty, ["train", "--output", output, .. options]);
        Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
        string line = result.Error.TrimEnd('\n');
        Assert.DoesNotContain('\n', line);
        Assert.StartsWith("lora-lab: error: ", line, StringComparison.Ordinal);
        Assert.Contains(message, line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_context_longer_than_a_text_to_train_on_is_refused()
    {
        using TemporaryDirectory files = new();
        string text = files.Write("text.txt", new byte[700_000]);
        await Refuse("--context must be in [1, 501926] to pre-train on the bundled text, but is 600000", "--model", "gpt", "--context", "600000", "--data", text);

        // The base has been written by another run, whose context is its own.
        string output = Path.Combine(files.Location, "adapter");
        string[] small = ["train", "--model", "gpt", "--pretrain-steps", "0", "--context", "16", "--steps", "1", "--output", output, "--device", "cpu"];
        CommandProcess.Result result = await LaboratoryProcess.RunAsync(string.Empty, small);
        Assert.True(result.ExitCode == 0, result.Error);
        await Refuse("--context must be in [1, 16], which is the base's, but is 17", "--context", "17", "--base", Path.Combine(output, "base"));

        async Task Refuse(string message, params string[] options)
        {
            CommandProcess.Result refusal = await LaboratoryProcess.RunAsync(string.Empty, ["train", "--output", Path.Combine(files.Location, "none"), .. options]);
            Assert.Equal(1, refusal.ExitCode);
            Assert.Equal($"lora-lab: error: {message}\n", refusal.Error);
            Assert.False(Directory.Exists(Path.Combine(files.Location, "none")));
        }
    }

    /// <summary>Bytes given to a model as its tokens, where they are not, would train it on what it cannot mean.</summary>
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_base_with_other_tokens_is_trained_on_bytes_only_where_that_is_said()
    {
        using TemporaryDirectory files = new();
        string folder = Path.Combine(files.Location, "gpt");
        using (GptModel model = new(new GptConfiguration { Vocabulary = 300, Context = 16, Width = 8, Depth = 1, Heads = 2 }, RandomSource.FromSeed(1)))
        {
            GptCheckpoint.Save(model, folder);
        }

        string output = Path.Combine(files.Location, "adapter");
        string[] command = ["train", "--base", folder, "--context", "8", "--steps", "1", "--device", "cpu", "--output", output];
        CommandProcess.Result refused = await LaboratoryProcess.RunAsync(string.Empty, command);
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(
            $"lora-lab: error: --base {folder}: has 300 tokens, and text is read as single bytes, which are not the tokens it was trained on; --tokenizer bytes trains on bytes all the same\n",
            refused.Error);
        Assert.False(Directory.Exists(output));

        CommandProcess.Result trained = await LaboratoryProcess.RunAsync(string.Empty, [.. command, "--tokenizer", "bytes"]);
        Assert.True(trained.ExitCode == 0, trained.Error);
        using JsonDocument record = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(output, "training.json")));
        Assert.Equal("bytes", record.RootElement.GetProperty("tokenizer").GetString());
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_training_that_diverges_leaves_nothing()
    {
        using TemporaryDirectory files = new();
        string output = Path.Combine(files.Location, "adapter");
        CommandProcess.Result result = await LaboratoryProcess.RunAsync(
            string.Empty, "train", "--output", output, "--learning-rate", "1e30", "--optimizer", "sgd", "--steps", "5", "--device", "cpu");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(": the loss at step 2 is NaN; a lower learning rate", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }
}
