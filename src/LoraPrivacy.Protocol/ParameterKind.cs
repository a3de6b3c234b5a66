namespace LoraPrivacy.Protocol;

/// <summary>What a parameter may be: type, shape and range, said once for reading, for help, for schemas and for tests with wrong values.</summary>
public abstract record ParameterKind
{
    /// <summary>A rank or dimension.</summary>
    public static NumberKind Size { get; } = new(1, 1 << 20, IsInteger: true)
    {
        Refused = [Zero, new(1048577, ErrorCode.OutOfRange, "is above 2^20"), new(1.5, ErrorCode.BadParameters, "is no integer"), NoNumber],
    };

    /// <summary>A finite number.</summary>
    public static NumberKind Finite { get; } = new(double.NegativeInfinity, double.PositiveInfinity, false, false) { Refused = [Infinite, NegativeInfinite, Null] };

    /// <summary>A finite number above 0.</summary>
    public static NumberKind Positive { get; } = new(0, double.PositiveInfinity, false, false) { Refused = [Zero, Negative(-1), Infinite, Null] };

    /// <summary>A finite number of at least 0.</summary>
    public static NumberKind NonNegative { get; } = new(0, double.PositiveInfinity, IsHighIncluded: false) { Refused = [Negative(-1), Infinite, NoNumber] };

    /// <summary>A number of at least 0, or +∞.</summary>
    public static NumberKind NonNegativeOrInfinite { get; } = new(0, double.PositiveInfinity) { Refused = [Negative(-0.5), NegativeInfinite, NoNumber] };

    /// <summary>Any number, infinities included.</summary>
    public static NumberKind Extended { get; } = new(double.NegativeInfinity, double.PositiveInfinity) { Refused = [NoNumber, Null] };

    /// <summary>A number strictly between 0 and 1.</summary>
    public static NumberKind Probability { get; } = new(0, 1, IsLowIncluded: false, IsHighIncluded: false)
    {
        Refused = [Zero, new(1, ErrorCode.OutOfRange, "is 1"), Negative(-0.25), NoNumber with { Value = false }],
    };

    /// <summary>A rate of sampling: above 0 and at most 1.</summary>
    public static NumberKind Rate { get; } = new(0, 1, IsLowIncluded: false) { Refused = [Zero, new(1.5, ErrorCode.OutOfRange, "is above 1"), Infinite] };

    /// <summary>An angle in [0, π].</summary>
    public static NumberKind Angle { get; } = new(0, Math.PI) { Refused = [Negative(-0.125), new(3.25, ErrorCode.OutOfRange, "is above π"), Infinite, Null] };

    /// <summary>A ratio in [−1, 1].</summary>
    public static NumberKind Ratio { get; } = new(-1, 1)
    {
        Refused = [new(1.5, ErrorCode.OutOfRange, "is above 1"), new(-1.5, ErrorCode.OutOfRange, "is below -1"), NoNumber],
    };

    /// <summary>Anything, which is not read.</summary>
    public static ParameterKind Anything { get; } = new AnyKind();

    /// <summary>The range in words that follow "must be", such as "an integer in [1, 1048576]".</summary>
    public abstract string Description { get; }

    /// <summary>Values that are refused, each for another reason, with the error's code.</summary>
    public IReadOnlyList<RefusedValue> Refused { get; init; } = [];

    private static readonly double[] TwoNumbers = [1, 2];

    private static RefusedValue Zero => new(0, ErrorCode.OutOfRange, "is 0");

    private static RefusedValue Infinite => new("Infinity", ErrorCode.OutOfRange, "is infinite");

    private static RefusedValue NegativeInfinite => new("-Infinity", ErrorCode.OutOfRange, "is negative infinity");

    private static RefusedValue NoNumber => new(true, ErrorCode.BadParameters, "is no number");

    private static RefusedValue Null => new(null, ErrorCode.BadParameters, "is null");

    private static RefusedValue Negative(double value) => new(value, ErrorCode.OutOfRange, "is negative");

    /// <summary>A number of steps or draws in [least, largest].</summary>
    public static NumberKind Count(long largest, long least = 0) => new(least, largest, IsInteger: true) { Refused = [Negative(-1), Infinite] };

    /// <summary>A number of at least low, or +∞.</summary>
    public static NumberKind AtLeast(double low) => new(low, double.PositiveInfinity);

    /// <summary>An array of numbers.</summary>
    /// <param name="length">Its length, a letter that means the same number in all shapes of an operation.</param>
    /// <param name="entries">Its entries, by default finite numbers.</param>
    public static ArrayKind Vector(string length, NumberKind? entries = null) => new([length], entries ?? Finite)
    {
        Refused =
        [
            new(Array.Empty<double>(), ErrorCode.BadParameters, "is empty"), new(3, ErrorCode.BadParameters, "is no array"),
            new(new[] { 1, double.PositiveInfinity }, ErrorCode.OutOfRange, "has an infinite entry"),
        ],
    };

    /// <summary>An array of rows of finite numbers.</summary>
    /// <param name="rows">The number of rows, a letter.</param>
    /// <param name="columns">Their length, a letter.</param>
    public static ArrayKind Matrix(string rows, string columns) => new([rows, columns], Finite)
    {
        Refused =
        [
            new(Array.Empty<double[]>(), ErrorCode.BadParameters, "is empty"), new(TwoNumbers, ErrorCode.BadParameters, "is a vector"),
            new(new double[][] { [1, 2], [3] }, ErrorCode.BadParameters, "has rows of different lengths"),
            new(new double[][] { [1, double.NegativeInfinity], [0, 1] }, ErrorCode.OutOfRange, "has an infinite entry"),
        ],
    };

    /// <summary>One of some words.</summary>
    public static WordKind Word(params string[] words) => new(words);

    /// <summary>The kind as a JSON schema.</summary>
    public abstract JsonObject ToSchema();

    /// <summary>Reads a value: a double, an array of one or two dimensions, or a word.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="element">What was given.</param>
    /// <param name="sizes">The letters of shapes that are known, to which it adds its own.</param>
    /// <exception cref="ProtocolException">It is of another type, shape or range.</exception>
    internal abstract object Read(string name, JsonElement element, Dictionary<string, int> sizes);

    /// <summary>What was given, shortened.</summary>
    internal static string Shown(JsonElement element)
    {
        string text = element.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "…";
    }

    private sealed record AnyKind : ParameterKind
    {
        public override string Description => "anything";

        public override JsonObject ToSchema() => [];

        internal override object Read(string name, JsonElement element, Dictionary<string, int> sizes) => element;
    }
}

/// <summary>One of some words.</summary>
/// <param name="Words">The words.</param>
public sealed record WordKind(IReadOnlyList<string> Words) : ParameterKind
{
    /// <inheritdoc/>
    public override string Description => string.Join(" or ", Words.Select(word => $"\"{word}\""));

    /// <inheritdoc/>
    public override JsonObject ToSchema() => new() { ["enum"] = new JsonArray([.. Words.Select(word => (JsonNode)word)]) };

    internal override object Read(string name, JsonElement element, Dictionary<string, int> sizes)
        => element.ValueKind != JsonValueKind.String ? throw ProtocolException.BadParameter(name, $"{name} must be {Description}, but is {JsonNumber.KindOf(element)}")
            : Words.FirstOrDefault(word => element.ValueEquals(word)) ?? throw ProtocolException.BadParameter(name, $"{name} must be {Description}, but is {Shown(element)}");
}

/// <summary>A value that a kind refuses.</summary>
/// <param name="Value">A number, a truth value, a word, null or an array.</param>
/// <param name="Code">The code of the error that is due.</param>
/// <param name="Why">What is wrong with it, in words that follow the parameter's name.</param>
public sealed record RefusedValue(object? Value, string Code, string Why);
