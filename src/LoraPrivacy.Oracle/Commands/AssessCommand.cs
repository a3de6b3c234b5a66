namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>assess</c>: what is and is not private about a given gradient.</summary>
internal static class AssessCommand
{
    private const int Seed = 1;

    private static readonly int[] DefaultRanks = [1, 2, 4, 8, 16, 32, 64];

    public static Command Create()
    {
        Options options = new();
        options.Header.AcceptOnlyFromAmong("yes", "no");
        DetailedCommand command = new(
            "assess",
            "Say how much noise a LoRA step adds to a gradient, and what is and is not private about it.",
            """
            FILE
              .npy, .safetensors or .csv. Two dimensions are a gradient matrix (outputs × inputs), three are
              per-example gradients (examples × outputs × inputs). Without FILE: the bundled UCI digits and a
              LoRA step of a linear classifier on them.

            Examples
              lora-oracle assess
              lora-oracle assess --clip 0.5 --floor 0.1 --neighbours replace-one
              lora-oracle assess gradients.safetensors --tensor layer.weight --neighbour other.safetensors

            """)
        {
            options.File, options.Tensor, options.Header, options.PerExample, options.Neighbour, options.Neighbours, options.Example, options.Row,
            options.Ranks, options.Delta, options.Clip, options.Floor, options.Json, options.Csv, options.Out,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => options.Run(parsed), cancellation));
        return command;
    }

    private sealed class Options
    {
        public Argument<string?> File { get; } = new("FILE") { Description = "A file of gradients, see below (default: the bundled digits).", Arity = ArgumentArity.ZeroOrOne };

        public Option<string?> Tensor { get; } = new("--tensor") { Description = "Which tensor of a .safetensors file.", HelpName = "NAME" };

        public Option<bool> PerExample { get; } = new("--per-example") { Description = "The rows of a two-dimensional FILE are per-example gradients of one row." };

        public Option<string?> Header { get; } = new("--header") { Description = "Whether the first line of a .csv file has names (default: if it has no numbers).", HelpName = "yes|no" };

        public Option<string?> Neighbour { get; } = new("--neighbour") { Description = "A second file like FILE: the gradients of the neighbouring batch.", HelpName = "FILE" };

        public Option<string> Neighbours { get; } = CommonOptions.Neighbours("How the neighbouring batch differs: an example left out or replaced.");

        public Option<int?> Example { get; } = CommonOptions.Index("--example", "The example that differs, counted from 0 (default: the largest gradient).");

        public Option<int?> Row { get; } = CommonOptions.Index("--row", "The row to release alone, counted from 0 (default: the one whose direction differs most).");

        public Option<int[]> Ranks { get; } = CommonOptions.Sizes("--rank", "The ranks (default 1, 2, 4, …, 64).");

        public Option<double?> Delta { get; } = CommonOptions.Real("--delta", "δ (default 1e-5).", ParameterKind.Probability);

        public Option<double?> Clip { get; } = CommonOptions.Real("--clip", "Clip each example's gradient to norm C first.", ParameterKind.Positive, "C");

        public Option<double?> Floor { get; } = CommonOptions.Real(
            "--floor", "Also give the worst case over all neighbours, if the row's norm is always at least β; needs --clip.",
            ParameterKind.Positive, "β");

        public Option<bool> Json { get; } = CommonOptions.Json();

        public Option<bool> Csv { get; } = new("--csv") { Description = "Print one line of comma-separated values a rank." };

        public Option<string?> Out { get; } = CommonOptions.Out();

        public int Run(ParseResult parsed)
        {
            if (parsed.GetValue(Json) && parsed.GetValue(Csv))
            {
                throw new InputException("--json and --csv exclude each other");
            }

            GradientPair pair = ReadPair(parsed);
            double? floor = parsed.GetValue(Floor);
            if (floor is not null && (pair.Clip is null || pair.BatchSize is null))
            {
                throw new InputException("--floor needs --clip and per-example gradients, which bound how far neighbours can be apart");
            }

            Report report = Report.Of(
                pair, new(parsed.ValuesOr(Ranks, DefaultRanks), parsed.GetValue(Delta) ?? 1e-5, parsed.GetValue(Row), floor, Seed));
            string? file = parsed.GetValue(Out);
            if (parsed.GetValue(Json))
            {
                CommandOutput.Write(file, ReportRendering.Json(report));
            }
            else if (parsed.GetValue(Csv))
            {
                CommandOutput.Write(file, ReportRendering.Csv(report));
            }
            else
            {
                CommandOutput.Write(file, console => ReportRendering.WriteText(console, report));
            }

            return ExitCode.Success;
        }

        private GradientPair ReadPair(ParseResult parsed)
        {
            bool replaces = CommonOptions.NeighboursOf(parsed.GetValue(Neighbours)) == NeighbouringRelation.ReplaceOne;
            int? example = parsed.GetValue(Example);
            double? clip = parsed.GetValue(Clip);
            string? neighbour = parsed.GetValue(Neighbour);
            if (neighbour is not null && parsed.IsGiven(Neighbours))
            {
                throw new InputException("--neighbours makes a neighbour, which --neighbour has already given");
            }

            if (parsed.GetValue(File) is not string path)
            {
                return neighbour is null && !parsed.GetValue(PerExample) && parsed.GetValue(Tensor) is null && parsed.GetValue(Header) is null
                    ? DigitsProblem.Create().PairFor(example, replaces, clip)
                    : throw new InputException("--neighbour, --per-example, --header and --tensor apply to a FILE, and there is none");
            }

            GradientInput input = Read(parsed, path);
            if (neighbour is not null)
            {
                return WithNeighbour(input, Read(parsed, neighbour), clip, example);
            }

            if (input.PerExample is not null)
            {
                return new ExampleGradients(input.Source, input.PerExample).PairFor(example, replaces, clip);
            }

            return clip is null && example is null
                ? new GradientPair(input.Source, input.Matrix!, null, "none given")
                : throw new InputException($"{input.Source}: is one gradient matrix; --clip and --example need per-example gradients");
        }

        private GradientInput Read(ParseResult parsed, string path)
            => GradientFile.Read(path, parsed.GetValue(Tensor), parsed.GetValue(PerExample), parsed.GetValue(Header) is string header ? header == "yes" : null);

        private static GradientPair WithNeighbour(GradientInput input, GradientInput neighbour, double? clip, int? example)
        {
            if (example is not null)
            {
                throw new InputException("--example chooses the example that differs, which --neighbour has already done");
            }

            GradientPair gradient = Mean(input, clip);
            GradientPair other = Mean(neighbour, clip);
            return gradient.Rows == other.Rows && gradient.Columns == other.Columns
                ? gradient with { Neighbour = other.Gradient, NeighbourDescription = neighbour.Source, ReplacesOne = true }
                : throw new InputException($"{neighbour.Source}: is {other.Rows}×{other.Columns}, but {input.Source} is {gradient.Rows}×{gradient.Columns}");
        }

        private static GradientPair Mean(GradientInput input, double? clip)
            => input.PerExample is not null
                ? new ExampleGradients(input.Source, input.PerExample).PairFor(0, replaces: false, clip)
                : clip is null
                    ? new GradientPair(input.Source, input.Matrix!, null, string.Empty)
                    : throw new InputException($"{input.Source}: is one gradient matrix; --clip needs per-example gradients");
    }
}
