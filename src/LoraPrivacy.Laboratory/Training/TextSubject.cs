namespace LoraPrivacy.Laboratory.Training;

/// <summary>
/// Text in a GPT-2. A base of our own is pre-trained on the first half of the bundled text, and without another text fine-tuned on the
/// second: what the base has seen is not covered by the guarantee of the fine-tuning.
/// </summary>
internal static class TextSubject
{
    private const int PretrainBatch = 16;
    private static readonly string[] Linears = ["c_attn", "c_proj", "c_fc"];

    public static TrainingSubject Create(TrainingRequest request, RandomSource source, Device device)
    {
        // Private data of one's own are read unit by unit, and nothing is refused for what is in them.
        TextCorpus? corpus = request.DataFile is not string file ? TextCorpus.Bundled()
            : request.IsPrivate ? null
            : TextCorpus.Read(file, request.HeldOutFile is null ? TextCorpus.DefaultHeldOutShare : 0);
        bool halved = request.DataFile is null && request.BaseFolder is null && request.PretrainSteps > 0;
        ReadOnlyMemory<byte> text = corpus is null ? default : halved ? corpus.Training[Half(corpus.Training.Length)..] : corpus.Training;
        if (corpus is not null && text.Length < request.Context + 1)
        {
            throw new InputException($"{corpus.Name}: must have at least {request.Context + 1} bytes to train on, but has {text.Length}; a smaller --context may help");
        }

        if (request.BaseFolder is null && request.PretrainSteps > 0 && request.Context >= PretrainingText().Length)
        {
            throw new InputException($"--context must be in [1, {PretrainingText().Length - 1}] to pre-train on the bundled text, but is {request.Context}");
        }

        GptModel model;
        string origin;
        string ownBase = Path.Combine(request.Output, TrainingSubject.BaseFolderName);
        if (request.BaseFolder is string folder)
        {
            model = GptCheckpoint.Load(folder, request.Precision, device);
            origin = $"of {folder}";
            CheckTokens(model.Configuration.Vocabulary, folder, request.TokenizesBytes);
            if (request.Context > model.Configuration.Context)
            {
                throw new InputException($"--context must be in [1, {model.Configuration.Context}], which is the base's, but is {request.Context}");
            }
        }
        else
        {
            origin = request.PretrainSteps > 0 ? $"pre-trained for {request.PretrainSteps} steps on the first half of the bundled text" : "with random weights";
            model = request.Resume
                ? GptCheckpoint.Load(ownBase, request.Precision, device)
                : new GptModel(new GptConfiguration { Context = request.Context }, source, request.Precision, device);
        }

        Action<IProgress<TrainingProgress>, CancellationToken>? pretrain = request.BaseFolder is null && !request.Resume && request.PretrainSteps > 0
            ? (progress, cancellation) => Pretrain(model, request, source, progress, cancellation)
            : null;

        GptConfiguration shape = model.Configuration;
        string description = $"GPT-2 of depth {shape.Depth}, width {shape.Width}, {shape.Heads} heads and {shape.Vocabulary} tokens, {origin}";
        string name = corpus is null ? "a text" : corpus.Name + (halved ? ", second half" : "");
        if (!request.IsPrivate)
        {
            TextProblem problem = Problem(model, text, request.Context)!;
            return new TrainingSubject(
                problem,
                Problem(model, request.HeldOutFile is string other ? Read(other) : corpus!.HeldOut, request.Context),
                description,
                $"{name}: {problem.ExampleCount} examples of {request.Context} bytes, {(request.HeldOutFile is null ? "the last tenth of the text" : "another file")} held out",
                $"one piece of {request.Context} bytes of the text (not a person or a document, which may have many)",
                Linears)
            {
                Pretrain = pretrain,
            };
        }

        string unit = request.Unit ?? PrivacyUnit.Piece;
        int length = request.Context + 1;
        (List<ReadOnlyMemory<byte>> training, List<ReadOnlyMemory<byte>> heldOut) = corpus is null
            ? Units(request, unit, source)
            : ([.. PrivacyUnit.Split(text, unit, length)], [.. PrivacyUnit.Split(corpus.HeldOut, unit, length)]);
        return new TrainingSubject(
            ProblemOf(training),
            heldOut.Count > 0 ? ProblemOf(heldOut) : null,
            description,
            $"{name} in units of one {unit}, of {request.Context} bytes to predict at most",
            PrivacyUnit.Describe(unit, length),
            Linears)
        {
            Pretrain = pretrain,
            Unit = unit,
            PublicSize = request.PublicSize ?? (corpus is not null && unit == PrivacyUnit.Piece ? BundledPieces(halved, length) : null),
        };

        TextProblem ProblemOf(List<ReadOnlyMemory<byte>> units)
        {
            ByteTokenizer tokenizer = ByteTokenizer.For(shape.Vocabulary);
            return new(model, [.. units.Select(bytes => tokenizer.Encode(bytes.Span[..Math.Min(length, bytes.Length)]))], request.Context);
        }
    }

    /// <summary>How many pieces the bundled text has to train on: from its published length alone.</summary>
    internal static long BundledPieces(bool halved, int length)
    {
        int training = TextCorpus.BundledLength - (int)(TextCorpus.BundledLength * TextCorpus.DefaultHeldOutShare);
        return (halved ? training - Half(training) : training) / length;
    }

    // Each unit by itself: what it is, and on which side of the split, does not depend on the others (S31).
    private static (List<ReadOnlyMemory<byte>> Training, List<ReadOnlyMemory<byte>> HeldOut) Units(TrainingRequest request, string unit, RandomSource source)
    {
        HeldOutSplit split = new(source);
        ILookup<bool, ReadOnlyMemory<byte>> units = PrivacyUnit.Split(Read(request.DataFile!), unit, request.Context + 1)
            .ToLookup(bytes => request.HeldOutFile is null && split.IsHeldOut(bytes.Span));
        return ([.. units[false]], request.HeldOutFile is string other ? [.. PrivacyUnit.Split(Read(other), unit, request.Context + 1)] : [.. units[true]]);
    }

    private static ReadOnlyMemory<byte> Read(string file) => BoundedFile.ReadAll(file, (int)TextCorpus.LargestFile);

    private static int Half(int length) => length / 2;

    /// <summary>Bytes are the tokens of a base with 256 of them only; another would be trained on what its tokens do not mean.</summary>
    private static void CheckTokens(int vocabulary, string folder, bool isDeclared)
    {
        if (vocabulary < ByteTokenizer.TokenCount)
        {
            throw new InputException($"--base {folder}: must have a token for each of the 256 bytes, but has {vocabulary} tokens");
        }

        if (vocabulary != ByteTokenizer.TokenCount && !isDeclared)
        {
            throw new InputException($"--base {folder}: has {vocabulary} tokens, and text is read as single bytes, which are not the tokens it was trained on; --tokenizer bytes trains on bytes all the same");
        }
    }

    private static ReadOnlyMemory<byte> PretrainingText()
    {
        ReadOnlyMemory<byte> text = TextCorpus.Bundled().Training;
        return text[..Half(text.Length)];
    }

    private static void Pretrain(
        GptModel model, TrainingRequest request, RandomSource source, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        TextProblem problem = Problem(model, PretrainingText(), request.Context)!;
        int batch = (int)Math.Min(PretrainBatch, problem.ExampleCount);
        TrainingOptions options = new()
        {
            Steps = request.PretrainSteps,
            BatchSize = batch,
            MicroBatchSize = batch,
            Optimizer = new AdamWOptions { WeightDecay = 0.01 },
            Schedule = new LearningRateSchedule { Peak = 2e-3, Warmup = request.PretrainSteps / 10, Decay = LearningRateDecay.Cosine },
            MaxGradientNorm = 1,
        };
        using Trainer trainer = new(problem, options, source);
        trainer.Run(progress, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
    }

    private static TextProblem? Problem(GptModel model, ReadOnlyMemory<byte> text, int length)
    {
        if (text.Length < length + 1)
        {
            return null;
        }

        long[] tokens = ByteTokenizer.For(model.Configuration.Vocabulary).Encode(text.Span);
        using var scope = NewDisposeScope();
        return new TextProblem(model, tensor(tokens).to(model.Device).DetachFromDisposeScope(), length);
    }
}
