using System.CommandLine;
using System.CommandLine.Parsing;
using LoraPrivacy.Oracle.Input;
using LoraPrivacy.Oracle.Tables;
using LoraPrivacy.Oracle.Training;
using LoraPrivacy.Production.Layers;
using LoraPrivacy.Production.Training;
using static TorchSharp.torch;

namespace LoraPrivacy.Oracle.Commands;

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

    private readonly Option<string> model = Choice("--model", "What is trained: a perceptron on rows of numbers, or a GPT-2 on text.", ["digits", "gpt"], "digits");
    private readonly Option<string?> baseFolder = new("--base") { Description = "Start from a Hugging Face GPT-2 checkpoint (implies --model gpt).", HelpName = "FOLDER" };
    private readonly Option<string?> tokenizer = new("--tokenizer") { Description = "Train a base that has other tokens than the 256 bytes on single bytes all the same.", HelpName = "bytes" };
    private readonly Option<int?> pretrain = CommonOptions.Index("--pretrain-steps", "Pre-train the GPT-2 on the first half of the bundled text (default 200).");
    private readonly Option<int> context = CommonOptions.Size("--context", "The bytes of an example of text.", 64);
    private readonly Option<string?> data = new("--data") { Description = "A text, or a CSV whose last column is the class (default: bundled).", HelpName = "FILE" };
    private readonly Option<int> rank = CommonOptions.Size("--rank", "The rank r.", 8);
    private readonly Option<double?> alpha = Within("--alpha", "α; the scale is α/r (default: r).", 1e-30, 1e30);
    private readonly Option<bool> rankStabilized = new("--rslora") { Description = "The scale is α/√r." };
    private readonly Option<double?> dropout = CommonOptions.Real("--dropout", "The share of the adapters' inputs that is dropped.", value => value is >= 0 and < 1, "a number in [0, 1)");
    private readonly Option<string> initialization = Choice("--init", "How A is drawn.", Initializations.Keys, "kaiming-uniform");
    private readonly Option<bool> trainsA = new("--train-a") { Description = "Train A too." };
    private readonly Option<string[]> targets = new("--targets") { Description = "The layers that get an adapter (default: all linear ones).", HelpName = "NAME,NAME,…", CustomParser = Names };
    private readonly Option<bool> freshA = new("--fresh-a") { Description = "Merge and draw a new A before every step; needs --optimizer sgd." };
    private readonly Option<int> steps = CommonOptions.Size("--steps", "The number of steps.", 100);
    private readonly Option<int> batch = CommonOptions.Size("--batch", "The examples of a step; with DP-SGD their expected number.", 16);
    private readonly Option<int> accumulation = CommonOptions.Size("--accumulation", "In how many pieces a batch passes through the model.", 1);
    private readonly Option<string> optimizer = Choice("--optimizer", "The optimiser.", ["adamw", "sgd"], "adamw");
    private readonly Option<double?> momentum = CommonOptions.Real("--momentum", "The momentum of SGD (default 0).", value => value is >= 0 and < 1, "a number in [0, 1)");
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
    private readonly Option<double?> rate = CommonOptions.Real("--dp-rate", "The sampling rate q (default: --batch over the number of examples).", value => value is > 0 and <= 1, "a number in (0, 1]", "q");
    private readonly Option<double?> delta = CommonOptions.Real("--delta", "The δ that ε is given for (default 1e-5).", value => value is > 0 and < 1, "a number in (0, 1)", "δ");
    private readonly Option<string?> output = new("--output") { Description = "The folder of the results.", HelpName = "FOLDER", Required = true };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on from the folder's checkpoint; all other options as before." };
    private readonly Option<bool> force = new("--force") { Description = "Replace the results of an earlier training." };
    private readonly Option<int?> checkpointEvery = CommonOptions.Index("--checkpoint-every", "Save a checkpoint after every so many steps (default: on Ctrl-C only).");

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All =>
    [
        model, baseFolder, tokenizer, pretrain, context, data, rank, alpha, rankStabilized, dropout, initialization, trainsA, targets, freshA, steps, batch,
        accumulation, optimizer, momentum, learningRate, schedule, warmup, weightDecay, maxGradientNorm, precision, device, seed, noise, clip, rate, delta,
        output, resume, force, checkpointEvery,
    ];

    /// <summary>What a command line asks for.</summary>
    /// <exception cref="InputException">Options exclude each other.</exception>
    public TrainingRequest Read(ParseResult parsed)
    {
        bool isText = parsed.GetValue(model) == "gpt" || parsed.GetValue(baseFolder) is not null;
        Refuse(parsed, isText);
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
            Seed = parsed.GetValue(seed),
            Precision = Precisions[parsed.GetValue(precision)!],
            Device = parsed.GetValue(device)!,
            Output = parsed.GetValue(output)!,
            Resume = parsed.GetValue(resume),
            Force = parsed.GetValue(force),
            CheckpointEvery = parsed.GetValue(checkpointEvery) is > 0 and int every ? every : null,
            CommandLine = "lora-oracle " + string.Join(' ', parsed.Tokens.Select(token => token.Value.Contains(' ') ? $"'{token.Value}'" : token.Value)),
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
            (parsed.GetValue(noise) is null && parsed.GetValue(delta) is not null, "--delta needs --dp-noise: plain training has no ε at any δ"),
            (parsed.GetValue(noise) is not null && parsed.GetValue(maxGradientNorm) is not null, "--max-grad-norm and --dp-noise exclude each other: DP-SGD clips each example's gradient"),
            (parsed.GetValue(rate) is not null && parsed.IsGiven(batch), "--batch and --dp-rate exclude each other: the expected batch size is the rate times the number of examples"),
            (parsed.GetValue(momentum) is not null && parsed.GetValue(optimizer) != "sgd", "--momentum applies to --optimizer sgd"),
            (parsed.GetValue(freshA) && (parsed.GetValue(optimizer) != "sgd" || parsed.GetValue(momentum) > 0), "--fresh-a needs --optimizer sgd without momentum: the state of an optimiser belongs to the former A"),
            (parsed.GetValue(warmup) >= parsed.GetValue(steps), $"--warmup must be in [0, --steps − 1 = {parsed.GetValue(steps) - 1}], but is {parsed.GetValue(warmup)}"),
            (parsed.GetValue(resume) && parsed.GetValue(force), "--resume and --force exclude each other"),
        ];
        if (Array.Find(rules, rule => rule.Wrong).Reason is string reason)
        {
            throw new InputException(reason);
        }
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
