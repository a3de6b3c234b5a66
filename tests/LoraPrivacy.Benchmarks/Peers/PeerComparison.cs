namespace LoraPrivacy.Benchmarks.Peers;

/// <summary>
/// Trains the same model here and in Python's PyTorch, each run a process of its own, in turns, and prints medians over the rounds.
/// <c>dotnet run -c Release --project tests/LoraPrivacy.Benchmarks -- peers [--rounds N] [--steps N] [--threads N] [--python COMMAND]</c>
/// </summary>
/// <remarks>
/// The peer's command may be anything that runs Python with its script on standard input, such as <c>chroot FOLDER python3</c>. What
/// matters about a peer is the libtorch and the BLAS under it: both are for the user to state.
/// </remarks>
internal static class PeerComparison
{
    private const string Script = "lora_training.py";

    private static readonly (string Name, string Variant, bool IsPeer)[] Runs =
    [
        ("Python, A trained", "train-A", true),
        ("LoraPrivacy, A trained", "train-A", false),
        ("LoraPrivacy, A trained, DP-SGD", "dp-train-A", false),
        ("Python, A frozen", "frozen-A", true),
        ("LoraPrivacy, A frozen", "frozen-A", false),
        ("LoraPrivacy, A frozen, DP-SGD", "dp-frozen-A", false),
    ];

    /// <summary>Compares and prints a table.</summary>
    public static int Run(string[] options)
    {
        Dictionary<string, string> given = options.Chunk(2).ToDictionary(pair => pair[0], pair => pair.Length == 2 ? pair[1] : throw Wrong(pair[0]));
        int rounds = Take(given, "--rounds", 5);
        int steps = Take(given, "--steps", 20);
        int threads = Take(given, "--threads", Environment.ProcessorCount);
        string[] python = (given.Remove("--python", out string? command) ? command : "/usr/bin/python3").Split(' ');
        if (given.Count > 0)
        {
            throw Wrong(given.Keys.First());
        }

        string load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        List<Measurement>[] results = [.. Runs.Select(_ => new List<Measurement>())];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < Runs.Length; i++)
            {
                // Every other round backwards: no run has always the same one before it.
                int run = round % 2 == 0 ? i : Runs.Length - 1 - i;
                results[run].Add(Runs[run].IsPeer
                    ? Peer(python, Runs[run].Variant, threads, steps)
                    : Child(Environment.ProcessPath!, $"{threads}", [TrainingRun.Verb, Runs[run].Variant, $"{threads}", $"{steps}"], null));
                Console.Error.WriteLine($"round {round + 1}: {Runs[run].Name}: {results[run][^1]}");
            }
        }

        Console.WriteLine($"{Processor()}, {threads} threads; load before: {load}; {rounds} rounds of {steps} steps; {TrainingRun.BatchSize} × {TrainingRun.Context} tokens a step");
        Console.WriteLine();
        Console.WriteLine("| run | library | tokens/s | of Python's | time a step over plain LoRA's | CPU s a step | peak MB | loss |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (int i = 0; i < Runs.Length; i++)
        {
            int first = i / 3 * 3;
            string row = string.Create(
                CultureInfo.InvariantCulture,
                $"| {Runs[i].Name} | {results[i][0].Library} | {TrainingRun.BatchSize * TrainingRun.Context / Median(results[i]):F0} | {Ratio(results[first], results[i]):F3} | {Ratio(results[i], results[first + 1]):F3} | {TrainingRun.Median(results[i].Select(m => m.CpuSecondsPerStep)):F3} | {TrainingRun.Median(results[i].Select(m => m.PeakMegabytes)):F0} | {results[i][0].Loss:F3} |");
            Console.WriteLine(row);
        }

        return 0;
    }

    private static double Median(IEnumerable<Measurement> measurements) => TrainingRun.Median(measurements.Select(m => m.SecondsPerStep));

    /// <summary>The median over the rounds of the ratio within a round: what slows a whole round cancels.</summary>
    private static double Ratio(List<Measurement> left, List<Measurement> right)
        => TrainingRun.Median(left.Zip(right, (a, b) => a.SecondsPerStep / b.SecondsPerStep));

    private static Measurement Peer(string[] python, string variant, int threads, int steps)
    {
        string[] arguments = [.. python[1..], "-", variant, $"{threads}", $"{steps}", Convert.ToHexStringLower(TrainingRun.Text)];
        return Child(python[0], $"{threads}", arguments, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "peer", Script)));
    }

    private static Measurement Child(string file, string threads, IEnumerable<string> arguments, string? input)
    {
        ProcessStartInfo start = new(file, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true };
        // torch.set_num_threads does not reach a BLAS with threads of its own.
        start.Environment["OPENBLAS_NUM_THREADS"] = threads;
        start.Environment["OMP_NUM_THREADS"] = threads;
        // A kernel or a cache size that the environment prescribes makes OpenBLAS slower than it is.
        start.Environment.Remove("OPENBLAS_CORETYPE");
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Measurement>(output)!
            : throw new InvalidOperationException($"{file} ended with exit code {process.ExitCode}");
    }

    private static string Processor()
        => File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim();

    private static int Take(Dictionary<string, string> given, string name, int otherwise)
        => !given.Remove(name, out string? text) ? otherwise : int.TryParse(text, out int value) && value >= 1 ? value : throw Wrong(name);

    private static ArgumentException Wrong(string name)
        => new($"{name}: options are --rounds, --steps and --threads, each with a number of at least 1, and --python with a command");
}
