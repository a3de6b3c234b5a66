using System.CommandLine.Parsing;
using LoraPrivacy.Protocol;

namespace LoraPrivacy.Laboratory.Commands;

/// <summary>The options of the verb <c>train</c>.</summary>
internal sealed class TrainOptions
{
    private static readonly Dictionary<string, AInitialization> Initializations = new()
    {
        ["kaiming-uniform"] = AInitialization.KaimingUniform,
        ["peft-gaussian"] = AInitialization.PeftGaussian,
        ["unbiased-gaussian"] = AInitialization.UnbiasedGaussian,
        ["orthonormal"] = AInitialization.Orthonormal(),
    };

    private static readonly Dictionary<string, ScalarType> Precisions = new()
    {
        ["float32"] = ScalarType.Float32,
        ["bfloat16"] = ScalarType.BFloat16,
        ["float64"] = ScalarType.Float64,
    };

    private static readonly Dictionary<string, LearningRateDecay> Decays = new()
    {
        ["constant"] = LearningRateDecay.Constant,
        ["linear"] = LearningRateDecay.Linear,
        ["cosine"] = LearningRateDecay.Cosine,
    };

    private static readonly Dictionary<string, NoiseSampler> Samplers = new()
    {
        ["rounded"] = NoiseSampler.Rounded,
        ["exact"] = NoiseSampler.Exact,
    };

    private readonly Option<string> model = Choice("--model", "What is trained: a perceptron on rows of numbers, or a GPT-2 on text.", ["digits", "gpt"], "digits");
    private readonly Option<string?> baseFolder = new("--base") { Description = "Start from a Hugging Face GPT-2 checkpoint (implies --model gpt).", HelpName = "FOLDER" };
    private readonly Option<string?> tokenizer = new("--tokenizer") { Description = "Train a base that has other tokens than the 256 bytes on single bytes all the same.", HelpName = "bytes" };
    private readonly Option<int?> pretrain = CommonOptions.Index("--pretrain-steps", "Pre-train the GPT-2 on the first half of the bundled text (default 200).");
    private readonly Option<int> context = CommonOptions.Size("--context", "The bytes of an example of text.", 64);
    private readonly Option<string?> data = new("--data") { Description = "A text, or a CSV whose last column is the class (default: bundled).", HelpName = "FILE" };
    private readonly Option<string?> heldOut = new("--held-out") { Description = "Hold out this file (default: a tenth of the data).", HelpName = "FILE" };
    private readonly Option<int> rank = CommonOptions.Size("--rank", "The rank r.", 8);
    private readonly Option<double?> alpha = Within("--alpha", "α; the scale is α/r (default: r).", 1e-30, 1e30);
    private readonly Option<bool> rankStabilized = new("--rslora") { Description = "The scale is α/√r." };
    private readonly Option<double?> dropout = CommonOptions.Real("--dropout", "The share of the adapters' inputs that is dropped.", new NumberKind(0, 1, IsHighIncluded: false));
    private readonly Option<string> initialization = Choice("--init", "How A is drawn.", Initializations.Keys, "kaiming-uniform");
    private readonly Option<bool> trainsA = new("--train-a") { Description = "Train A too." };
    private readonly Option<string[]> targets = new("--targets") { Description = "The layers that get an adapter (default: all linear ones).", HelpName = "NAME,NAME,…", CustomParser = Names };
    private readonly Option<bool> freshA = new("--fresh-a") { Description = "Merge and draw a new A before every step; needs --optimizer sgd." };
    private readonly Option<int> steps = CommonOptions.Size("--steps", "The number of steps.", 100);
    private readonly Option<int> batch = CommonOptions.Size("--batch", "The examples of a step; with DP-SGD their expected number.", 16);
    private readonly Option<int> accumulation = CommonOptions.Size("--accumulation", "In how many pieces a batch passes through the model.", 1);
    private readonly Option<string> optimizer = Choice("--optimizer", "The optimiser.", ["adamw", "sgd"], "adamw");
    private readonly Option<double?> momentum = CommonOptions.Real("--momentum", "The momentum of SGD (default 0).", new NumberKind(0, 1, IsHighIncluded: false));
    private readonly Option<double?> learningRate = Within("--learning-rate", "The largest learning rate (default 0.01, SGD 0.1).", 1e-30, 1e30);
    private readonly Option<string> schedule = Choice("--schedule", "How the rate falls after the warm-up.", Decays.Keys, "cosine");
    private readonly Option<int?> warmup = CommonOptions.Index("--warmup", "The steps of linear warm-up (default 0).");
    private readonly Option<double?> weightDecay = Within("--weight-decay", "The weight decay (default 0).", 0, 1e6);
    private readonly Option<double?> maxGradientNorm = Within("--max-grad-norm", "Cut the batch's gradient down to this norm (not with DP-SGD).", 1e-30, 1e30);
    private readonly Option<string> precision = Choice("--precision", "The type of the weights.", Precisions.Keys, "float32");
    private readonly Option<string> device = new("--device") { Description = "auto, cpu, cuda or cuda:N.", HelpName = "NAME", DefaultValueFactory = _ => "auto" };
    private readonly Option<long?> seed = new("--seed") { Description = "Reproduce a run. Whoever guesses the seed removes all noise (default: a secret key).", HelpName = "N" };
    private readonly Option<double?> noise = Within("--dp-noise", "Train with DP-SGD and this noise multiplier σ.", 1e-6, 1e6, "σ");
    private readonly Option<double?> clip = Within("--dp-clip", "The norm C that each example's gradient is clipped to (default 1).", 1e-30, 1e30, "C");
    private readonly Option<double?> rate = CommonOptions.Real("--dp-rate", "The sampling rate q (default: --batch over --public-size).", ParameterKind.Rate, "q");
    private readonly Option<string> sampler = Choice("--noise-sampler", "The noise of DP-SGD: normal, rounded to a lattice (S29), or discrete Gaussian by integers alone, slower and with a larger ε (S30).", Samplers.Keys, "rounded");
    private readonly Option<double?> delta = CommonOptions.Real("--delta", "The δ that ε is given for (default 1e-5).", ParameterKind.Probability, "δ");
    private readonly Option<string?> unit = new("--unit") { Description = "What one of is protected: of a text a line, a document between blank lines, or a piece of --context + 1 bytes.", HelpName = string.Join('|', PrivacyUnit.Names) };
    private readonly Option<long?> publicSize = CommonOptions.Count("--public-size", "The number of examples to train on, as far as it may be known. It is not counted.", 1_000_000_000_000);
    private readonly Option<long?> classes = CommonOptions.Count("--classes", "The number of classes of a private CSV: labels are in [0, N − 1].", 10_000);
    private readonly Option<long?> features = CommonOptions.Count("--features", "The number of features of a private CSV.", 1_000_000);
    private readonly Option<(double Low, double High)[]> ranges = new("--feature-range") { Description = "The range that the features of a private CSV are clipped to: one for all, or one each.", HelpName = "LOW:HIGH,…", CustomParser = Ranges };
    private readonly Option<string?> output = new("--output") { Description = "The folder of the results.", HelpName = "FOLDER", Required = true };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on from the folder's checkpoint; all other options as before." };
    private readonly Option<bool> force = new("--force") { Description = "Replace the results of an earlier training." };
    private readonly Option<int?> checkpointEvery = CommonOptions.Index("--checkpoint-every", "Save a checkpoint after every so many steps (default: on Ctrl-C only).");

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All =>
    [
        model, baseFolder, tokenizer, pretrain, context, data, heldOut, rank, alpha, rankStabilized, dropout, initialization, trainsA, targets, freshA, steps, batch,
        accumulation, optimizer, momentum, learningRate, schedule, warmup, weightDecay, maxGradientNorm, precision, device, seed, noise, clip, rate, sampler, delta,
        unit, publicSize, classes, features, ranges, output, resume, force, checkpointEvery,
    ];

    /// <summary>What a command line asks for.</summary>
    /// <exception cref="InputException">Options exclude each other.</exception>
    public TrainingRequest Read(ParseResult parsed)
    {
        bool isText = parsed.GetValue(model) == "gpt" || parsed.GetValue(baseFolder) is not null;
        Refuse(parsed, isText);
        RefuseUndeclared(parsed, isText);
        bool sgd = parsed.GetValue(optimizer) == "sgd";
        double decay = parsed.GetValue(weightDecay) ?? 0;
        return new TrainingRequest
        {
            Model = isText ? "gpt" : "digits",
            BaseFolder = parsed.GetValue(baseFolder),
            TokenizesBytes = parsed.GetValue(tokenizer) is not null,
            PretrainSteps = parsed.GetValue(pretrain) ?? 200,
            Context = parsed.GetValue(context),
            DataFile = parsed.GetValue(data),
            HeldOutFile = parsed.GetValue(heldOut),
            Schema = parsed.GetValue(noise) is not null && !isText && parsed.GetValue(data) is not null ? SchemaOf(parsed) : null,
            Unit = parsed.GetValue(unit),
            PublicSize = parsed.GetValue(publicSize),
            Targets = parsed.ValuesOr(targets, []),
            Adapters = new LoraConfiguration
            {
                Targets = TargetModules.Matching(".*"),
                Rank = parsed.GetValue(rank),
                Alpha = parsed.GetValue(alpha) ?? parsed.GetValue(rank),
                RankStabilized = parsed.GetValue(rankStabilized),
                Dropout = parsed.GetValue(dropout) ?? 0,
                Initialization = Initializations[parsed.GetValue(initialization)!],
                TrainsA = parsed.GetValue(trainsA),
            },
            Training = new TrainingOptions
            {
                Steps = parsed.GetValue(steps),
                BatchSize = parsed.GetValue(batch),
                Optimizer = sgd
                    ? new SgdOptions { WeightDecay = decay, Momentum = parsed.GetValue(momentum) ?? 0 }
                    : new AdamWOptions { WeightDecay = decay },
                Schedule = new LearningRateSchedule
                {
                    Peak = parsed.GetValue(learningRate) ?? (sgd ? 0.1 : 0.01),
                    Warmup = parsed.GetValue(warmup) ?? 0,
                    Decay = Decays[parsed.GetValue(schedule)!],
                },
                MaxGradientNorm = parsed.GetValue(maxGradientNorm),
                FreshA = parsed.GetValue(freshA),
                Delta = parsed.GetValue(delta) ?? 1e-5,
            },
            Accumulation = parsed.GetValue(accumulation),
            NoiseMultiplier = parsed.GetValue(noise),
            ClippingNorm = parsed.GetValue(clip) ?? 1,
            SamplingRate = parsed.GetValue(rate),
            NoiseSampler = Samplers[parsed.GetValue(sampler)!],
            Seed = parsed.GetValue(seed),
            Precision = Precisions[parsed.GetValue(precision)!],
            Device = parsed.GetValue(device)!,
            Output = parsed.GetValue(output)!,
            Resume = parsed.GetValue(resume),
            Force = parsed.GetValue(force),
            CheckpointEvery = parsed.GetValue(checkpointEvery) is > 0 and int every ? every : null,
            CommandLine = "lora-lab " + string.Join(' ', parsed.Tokens.Select(token => token.Value.Contains(' ') ? $"'{token.Value}'" : token.Value)),
        };
    }

    private void Refuse(ParseResult parsed, bool isText)
    {
        (bool Wrong, string Reason)[] rules =
        [
            (parsed.IsGiven(model) && parsed.GetValue(model) != "gpt" && parsed.GetValue(baseFolder) is not null, "--base is a GPT-2: it excludes --model digits"),
            (parsed.GetValue(baseFolder) is string folder && !Directory.Exists(folder), $"--base must be a folder, but {parsed.GetValue(baseFolder)} is none"),
            (parsed.GetValue(data) is string file && !File.Exists(file), $"--data must be a file, but {parsed.GetValue(data)} is none"),
            (parsed.GetValue(pretrain) > 0 && (!isText || parsed.GetValue(baseFolder) is not null), "--pretrain-steps applies to --model gpt without --base"),
            (parsed.GetValue(tokenizer) is not (null or "bytes"), $"--tokenizer must be bytes, but is '{parsed.GetValue(tokenizer)}'"),
            (!isText && parsed.IsGiven(tokenizer), "--tokenizer applies to --model gpt"),
            (!isText && parsed.IsGiven(context), "--context applies to --model gpt"),
            (parsed.GetValue(noise) is null && (parsed.GetValue(clip) ?? parsed.GetValue(rate)) is not null, "--dp-clip and --dp-rate need --dp-noise"),
            (parsed.GetValue(noise) is null && parsed.IsGiven(sampler), "--noise-sampler needs --dp-noise"),
            (parsed.GetValue(noise) is null && parsed.GetValue(delta) is not null, "--delta needs --dp-noise: plain training has no ε at any δ"),
            (parsed.GetValue(noise) is not null && parsed.GetValue(maxGradientNorm) is not null, "--max-grad-norm and --dp-noise exclude each other: DP-SGD clips each example's gradient"),
            (parsed.GetValue(momentum) is not null && parsed.GetValue(optimizer) != "sgd", "--momentum applies to --optimizer sgd"),
            (parsed.GetValue(freshA) && (parsed.GetValue(optimizer) != "sgd" || parsed.GetValue(momentum) > 0), "--fresh-a needs --optimizer sgd without momentum: the state of an optimiser belongs to the former A"),
            (parsed.GetValue(warmup) >= parsed.GetValue(steps), $"--warmup must be in [0, --steps − 1 = {parsed.GetValue(steps) - 1}], but is {parsed.GetValue(warmup)}"),
            (parsed.GetValue(resume) && parsed.GetValue(force), "--resume and --force exclude each other"),
        ];
        Refuse(rules);
    }

    // With DP-SGD everything that the release depends on besides the mechanism is declared (S31).
    private void RefuseUndeclared(ParseResult parsed, bool isText)
    {
        bool isPrivate = parsed.GetValue(noise) is not null;
        bool isOwn = parsed.GetValue(data) is not null;
        bool isTable = (parsed.GetValue(classes) ?? parsed.GetValue(features)) is not null || parsed.IsGiven(ranges);
        bool isSized = parsed.GetValue(publicSize) is not null || (!isOwn && parsed.GetValue(unit) is null or PrivacyUnit.Piece) || (!isOwn && !isText);
        int given = parsed.ValuesOr(ranges, []).Length;
        Refuse(
        [
            (parsed.GetValue(heldOut) is string file && !File.Exists(file), $"--held-out must be a file, but {parsed.GetValue(heldOut)} is none"),
            (parsed.GetValue(heldOut) is not null && !isOwn, "--held-out needs --data: the bundled data have their own part held out"),
            (!isPrivate && (parsed.GetValue(unit) is not null || parsed.GetValue(publicSize) is not null || isTable),
                "--unit, --public-size, --classes, --features and --feature-range need --dp-noise: they declare what private training may not look at"),
            (isTable && (isText || !isOwn), "--classes, --features and --feature-range apply to a CSV given as --data"),
            (parsed.GetValue(unit) is string name && !PrivacyUnit.Names.Contains(name), $"--unit must be one of {string.Join(", ", PrivacyUnit.Names)}, but is '{parsed.GetValue(unit)}'"),
            (!isText && parsed.GetValue(unit) is not (null or PrivacyUnit.Line), "--unit must be line for a CSV: each of its lines is an example"),
            (isPrivate && isText && isOwn && parsed.GetValue(unit) is null,
                "--dp-noise on a text needs its unit of privacy: --unit line, --unit document (what stands between blank lines) or --unit piece (of --context + 1 bytes)"),
            (isPrivate && !isText && isOwn && (parsed.GetValue(classes) is null || parsed.GetValue(features) is null || given == 0),
                "--dp-noise on a CSV needs --classes, --features and --feature-range, declared without a look at the data: what is released must not take its shape or scale from them; such as --classes 3 --features 4 --feature-range 0:10"),
            (given > 1 && given != parsed.GetValue(features), $"--feature-range must be one range, or one for each of the {parsed.GetValue(features)} features, but is {given} ranges"),
            (parsed.GetValue(publicSize) is not null && !isOwn && (!isText || parsed.GetValue(unit) is null or PrivacyUnit.Piece), "--public-size needs --data: the size of the bundled data is published"),
            (isPrivate && !isSized && (parsed.GetValue(rate) is null || !parsed.IsGiven(batch)), TrainingRequest.SizeIsMissing),
            (isPrivate && isSized && parsed.GetValue(rate) is not null && parsed.IsGiven(batch), "--batch and --dp-rate exclude each other where the number of examples is public: the expected batch is the rate times that number"),
        ]);
    }

    private static void Refuse((bool Wrong, string Reason)[] rules)
    {
        if (Array.Find(rules, rule => rule.Wrong).Reason is string reason)
        {
            throw new InputException(reason);
        }
    }

    private TableSchema SchemaOf(ParseResult parsed)
    {
        (double Low, double High)[] given = parsed.GetValue(ranges)!;
        return new((int)parsed.GetValue(classes)!.Value, given.Length > 1 ? given : [.. Enumerable.Repeat(given[0], (int)parsed.GetValue(features)!.Value)]);
    }

    private static (double Low, double High)[] Ranges(ArgumentResult result)
    {
        List<(double, double)> ranges = [];
        foreach (string text in result.Tokens[0].Value.Split(','))
        {
            string[] ends = text.Split(':');
            if (ends.Length != 2 || !Number(ends[0], out double low) || !Number(ends[1], out double high) || !(low < high) || !double.IsFinite(high - low))
            {
                result.AddError($"--feature-range must be LOW:HIGH with finite LOW < HIGH, one or several with commas between them, but is '{result.Tokens[0].Value}'");
                return [];
            }

            ranges.Add((low, high));
        }

        return [.. ranges];

        static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    // Wide, but such that no product of two of them leaves the range of float32.
    private static Option<double?> Within(string name, string description, double least, double most, string helpName = "X")
        => CommonOptions.Real(name, description, value => value >= least && value <= most, $"a number in [{Digits.Shortest(least)}, {Digits.Shortest(most)}]", helpName);

    private static string[] Names(ArgumentResult result)
    {
        string[] names = result.Tokens[0].Value.Split(',');
        if (Array.Exists(names, name => name.Length == 0))
        {
            result.AddError($"--targets must be names with commas between them, none empty, but is '{result.Tokens[0].Value}'");
        }

        return names;
    }

    private static Option<string> Choice(string name, string description, IEnumerable<string> values, string first)
    {
        string[] allowed = [.. values];
        Option<string> option = new(name) { Description = description, HelpName = string.Join('|', allowed), DefaultValueFactory = _ => first };
        option.AcceptOnlyFromAmong(allowed);
        return option;
    }
}
