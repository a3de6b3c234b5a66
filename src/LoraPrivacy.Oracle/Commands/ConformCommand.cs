using System.IO.Enumeration;
using LoraPrivacy.Oracle.Conformance;
using LoraPrivacy.Oracle.Conformance.Reporting;
using LoraPrivacy.Oracle.Conformance.Sampling;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>conform</c>: holds an implementation in any language against the vectors and the laws.</summary>
internal static class ConformCommand
{
    private const string Recommended = "recommended";
    private const double LongestTimeout = 86_400;
    private const int MostJobs = 256;

    public static Command Create()
    {
        Options options = new();
        DetailedCommand command = new(
            "conform",
            "Hold another implementation against the test vectors and the exact laws.",
            $$"""
            The testee is a program that reads queries and writes answers, one JSON object a line (spec/conformance.md;
            spec/testees/ has examples to copy). It is started through no shell: its words are given after --, or
            in one string whose blanks, '…', "…" and \ before a blank, quote or backslash mean what a shell means.

            Tests of the level required decide the exit code; with --level recommended all do. A known-failure list has
            one id a line; a test on it that passes, and an id that no test has, are errors. Draws of noise/sample are
            tested at a false-alarm rate of {{SequentialPlan.FalseAlarmRate}} for the whole run.

            Exit codes: 0 the testee conforms; {{ExitCode.BadInput}} the command line, a file or the testee's program is wrong;
            {{ExitCode.DoesNotConform}} it does not conform; {{ExitCode.Interrupted}} interrupted, with the testee and what it started ended.

            Examples
              lora-oracle conform -- python3 spec/testees/python/testee.py
              lora-oracle conform --testee "python3 testee.py" --operation 'product/*' --junit conformance.xml
              lora-oracle conform -- lora-oracle evaluate

            """)
        {
            options.Words, options.Testee, options.Operation, options.Level, options.Timeout, options.Jobs, options.Known, options.Vectors, options.Seed,
            options.Log, options.JUnit, options.Json,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => options.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    /// <summary>The options, and what is done with them.</summary>
    private sealed class Options
    {
        public Argument<string[]> Words { get; } = new("command")
        {
            Description = "The testee's program and its arguments, after --.",
            HelpName = "PROGRAM",
            Arity = ArgumentArity.ZeroOrMore,
        };

        public Option<string?> Testee { get; } = new("--testee") { Description = "The testee's program and its arguments in one string.", HelpName = "CMD" };

        public Option<string[]> Operation { get; } = new("--operation")
        {
            Description = "Only operations that match, such as 'product/*'; may be given more than once.",
            HelpName = "GLOB",
        };

        public Option<string> Level { get; } = new("--level")
        {
            Description = "Which tests decide: required, or required and recommended.",
            HelpName = "required|recommended",
            DefaultValueFactory = _ => "required",
        };

        public Option<double?> Timeout { get; } = CommonOptions.Real(
            "--timeout", "How long an answer may take (default 60). The first may take 120 s, or as long if that is more.",
            value => value is > 0 and <= LongestTimeout, $"a number of seconds in (0, {LongestTimeout:0}]", "S");

        public Option<int> Jobs { get; } = CommonOptions.Size("--jobs", "How many processes of the testee run side by side.", 1);

        public Option<string?> Known { get; } = new("--known-failures") { Description = "The tests that are known to fail, one id a line.", HelpName = "FILE" };

        public Option<string?> Vectors { get; } = new("--vectors") { Description = "Take the vectors of a directory, not those that come with the command.", HelpName = "DIR" };

        public Option<long> Seed { get; } = CommonOptions.Seed("The seed from which the seeds of noise/sample are made");

        public Option<string?> Log { get; } = new("--log") { Description = "Write the testee's standard error to FILE, its first 16 MiB.", HelpName = "FILE" };

        public Option<string?> JUnit { get; } = new("--junit") { Description = "Write JUnit XML to FILE.", HelpName = "FILE" };

        public Option<string?> Json { get; } = new("--json") { Description = "Write every test with its outcome to FILE as JSON.", HelpName = "FILE" };

        public int Run(ParseResult parsed, CancellationToken cancellation)
        {
            ConformanceSettings settings = Settings(parsed);
            using TesteeLog log = new(parsed.GetValue(Log), settings.Limits.Log);
            ConformanceReport report = TesteeGuard.Adopting(() => ConformanceDisplay.Show(settings.Tests, finished => ConformanceRun.Of(settings, log, finished, cancellation)));
            log.Commit();
            if (parsed.GetValue(JUnit) is string junit)
            {
                AtomicFile.Write(junit, JUnitXml.Render(report));
            }

            if (parsed.GetValue(Json) is string json)
            {
                AtomicFile.Write(json, ConformanceJson.Render(report));
            }

            CommandOutput.Write(null, console => ConformanceText.Write(console, report), ConformanceText.Width);
            return report.Conforms ? ExitCode.Success : ExitCode.DoesNotConform;
        }

        private ConformanceSettings Settings(ParseResult parsed)
        {
            string level = parsed.GetValue(Level)!;
            int jobs = parsed.GetValue(Jobs);
            if (level is not ("required" or Recommended))
            {
                throw new InputException($"--level must be required or recommended, but is '{level}'");
            }

            if (jobs > MostJobs)
            {
                throw new InputException($"--jobs must be an integer in [1, {MostJobs}], but is {jobs}");
            }

            string[] testee = TesteeWords(parsed);
            IReadOnlyList<VectorFile> vectors = parsed.GetValue(Vectors) is string folder ? VectorsOf(folder) : VectorSet.Bundled();
            ConformanceTest[] all = [.. vectors.SelectMany(file => file.Vectors).Select(vector => new VectorTest(vector)), .. SamplingTest.All(parsed.GetValue(Seed))];
            KnownFailures known = parsed.GetValue(Known) is string path ? KnownFailures.Read(path) : KnownFailures.None;
            known.CheckAgainst(all);
            TesteeLimits limits = new();
            TimeSpan query = parsed.GetValue(Timeout) is double seconds ? TimeSpan.FromSeconds(seconds) : limits.Query;
            return new()
            {
                Testee = testee,
                Tests = Chosen(all, parsed.GetValue(Operation) ?? []),
                Notes = vectors.ToDictionary(file => file.Operation, file => file.Notes),
                KnownFailures = known,
                RecommendedDecide = level == Recommended,
                Limits = limits with { Query = query, Start = query > limits.Start ? query : limits.Start },
                Jobs = jobs,
            };
        }

        private static IReadOnlyList<VectorFile> VectorsOf(string folder)
        {
            try
            {
                return VectorSet.OfFolder(folder);
            }
            catch (Exception failure) when (failure is FormatException or IOException or UnauthorizedAccessException)
            {
                throw new InputException($"--vectors {failure.Message}", failure);
            }
        }

        private string[] TesteeWords(ParseResult parsed)
        {
            string[] words = parsed.GetValue(Words) ?? [];
            string? line = parsed.GetValue(Testee);
            return (line, words) switch
            {
                (null, [_, ..]) => words,
                (not null, []) => CommandWords.Split(line),
                (null, _) => throw new InputException("conform needs a testee: --testee CMD, or its program and arguments after --"),
                _ => throw new InputException($"--testee and '{words[0]}' exclude each other: one testee at a time"),
            };
        }

        private static ConformanceTest[] Chosen(ConformanceTest[] all, string[] globs)
        {
            foreach (string glob in globs)
            {
                if (!all.Any(test => FileSystemName.MatchesSimpleExpression(glob, test.Operation, ignoreCase: false)))
                {
                    throw new InputException($"--operation must match one of {string.Join(", ", all.Select(test => test.Operation).Distinct())}, but is '{glob}'");
                }
            }

            return globs.Length == 0 ? all : [.. all.Where(test => globs.Any(glob => FileSystemName.MatchesSimpleExpression(glob, test.Operation, ignoreCase: false)))];
        }
    }
}
