using LoraPrivacy.Oracle.Tests.Reporting;

namespace LoraPrivacy.Oracle.Tests.Input;

/// <summary>
/// Mutates the files of Input/Corpus and every operation's example, and reads them all: a value, or a refusal of the kind promised.
/// LORAPRIVACY_FUZZ_SECONDS says for how long (a second where it is not given), each time from another seed, which is printed.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private static readonly string Corpus = Repository.File("tests", "LoraPrivacy.Oracle.Tests", "Input", "Corpus");

    private static readonly Dictionary<string, Action<byte[]>> Readers = new()
    {
        [".npy"] = bytes => NpyReader.Read(new MemoryStream(bytes), "f"),
        [".csv"] = bytes => CsvReader.Read(new MemoryStream(bytes), "f", header: false),
        [".safetensors"] = bytes => SafetensorsTensorReader.Read(new MemoryStream(bytes), "f", null),
        [".peft"] = bytes => PeftConfiguration.Parse(bytes, "f").Targets("model.layers.0.self_attn.q_proj"),
        [".name"] = bytes => PeftTensorName.Read(Encoding.UTF8.GetString(bytes)),
        [".conform"] = bytes => ConformanceFile.Parse(bytes, "f"),
        [".answer"] = bytes => AnswerReader.Read(bytes, "1"),
        [".query"] = bytes => JsonDocument.Parse(QueryAnswerer.Answer(bytes, Operations.Reference, QueryLimit)).Dispose(),
    };

    /// <summary>Damaged numbers can ask for minutes of honest arithmetic, which ends with its limit.</summary>
    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(0.5);

    [Fact]
    [Trait("Speed", "Slow")]
    public void Mutated_files_and_queries_are_read_or_refused()
    {
        string? given = Environment.GetEnvironmentVariable("LORAPRIVACY_FUZZ_SECONDS");
        TimeSpan time = TimeSpan.FromSeconds(given is null ? 1 : double.Parse(given, CultureInfo.InvariantCulture));
        int seed = given is null ? 1 : Random.Shared.Next();
        (string Kind, byte[] Valid)[] corpus =
        [
            .. Directory.GetFiles(Corpus).Order(StringComparer.Ordinal).Select(file => (Path.GetExtension(file), File.ReadAllBytes(file))),
            .. OperationTable.All.Select(operation => (".query", Encoding.UTF8.GetBytes(operation.ExampleQuery))),
            (".conform", Encoding.UTF8.GetBytes(SamplePage.ConformanceJson)),
        ];
        Assert.Equal(Readers.Keys.Order(StringComparer.Ordinal), corpus.Select(entry => entry.Kind).Distinct().Order(StringComparer.Ordinal));
        long executions = 0;
        long longest = 0;
        long begin = Stopwatch.GetTimestamp();
        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            Random random = new(seed + worker);
            while (Stopwatch.GetElapsedTime(begin) < time)
            {
                (string kind, byte[] valid) = corpus[random.Next(corpus.Length)];
                byte[] input = HostileInput.Damage(valid, random);
                long start = Stopwatch.GetTimestamp();
                try
                {
                    Readers[kind](input);
                }
                catch (Exception failure) when (failure is InputException or FileFormatException or TesteeFaultException)
                {
                    Assert.True(failure.Message.Length < 4000 && !failure.Message.Any(char.IsControl), failure.Message);
                }
#pragma warning disable CA1031 // Whatever else it is, the input is to be seen.
                catch (Exception failure)
#pragma warning restore CA1031
                {
                    Assert.Fail($"seed {seed}, {kind} {Convert.ToBase64String(input)}: {failure}");
                }

                Interlocked.Increment(ref executions);
                InterlockedMax(ref longest, Stopwatch.GetTimestamp() - start);
            }
        });
        string figures = $"seed {seed}: {executions} executions in {Stopwatch.GetElapsedTime(begin).TotalSeconds:0} s, the longest {longest / (double)Stopwatch.Frequency:0.000} s, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB at most";
        output.WriteLine(figures);
        if (given is not null)
        {
            Console.WriteLine(figures);
        }

        Assert.True(executions > 0);
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (long seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
            {
                return;
            }
        }
    }
}
