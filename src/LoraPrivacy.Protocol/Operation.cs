namespace LoraPrivacy.Protocol;

/// <summary>One operation of the JSON-lines protocol.</summary>
/// <param name="Block">Its vectors have the ids from 1000·Block + 1 to 1000·Block + 999. Never changed.</param>
/// <param name="Name">Its name, for example product/delta. Never changed.</param>
/// <param name="Statement">The statement of the specification that it computes; empty for the greeting, which computes none.</param>
/// <param name="Meaning">What it computes, in a line.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Result">The members of its result.</param>
/// <param name="Example">The parameters of a query, as JSON.</param>
/// <param name="Accuracy">The relative error that the reference promises on the vectors of the kinds relative and bits; null where there are none of them.</param>
public sealed record Operation(
    int Block, string Name, string Statement, string Meaning, IReadOnlyList<Parameter> Parameters, IReadOnlyList<ResultMember> Result, string Example, double? Accuracy = null)
{
    private const int BlockSize = 1000;

    /// <summary>The id before the first one of its block.</summary>
    public int FirstId => BlockSize * Block;

    /// <summary>Whether its answers are random, so that they are tested against a law and not against vectors.</summary>
    public bool IsRandom { get; init; }

    /// <summary>A query with the parameters of the example, without an id.</summary>
    public string ExampleQuery => $$"""{"op":"{{Name}}","params":{{Example}}}""";

    /// <summary>Reads and checks the parameters of a query.</summary>
    /// <exception cref="ProtocolException">One is missing, unknown, of a wrong type or shape, or out of range; the message names it, its value and what is allowed.</exception>
    public Arguments Read(JsonElement parameters)
    {
        if (Parameters.FirstOrDefault(declared => !declared.IsOptional && !parameters.TryGetProperty(declared.Name, out _)) is Parameter missing)
        {
            throw ProtocolException.BadParameter(missing.Name, $"{Name} needs the parameter {missing.Name}");
        }

        if (parameters.EnumerateObject().Select(given => given.Name).FirstOrDefault(given => !Parameters.Any(declared => declared.Name == given)) is string unknown)
        {
            throw ProtocolException.BadParameter(unknown, $"{Name} has no such parameter; it has {string.Join(", ", Parameters)}");
        }

        Dictionary<string, int> sizes = [];
        Dictionary<string, object> values = [];
        foreach (Parameter declared in Parameters)
        {
            if (parameters.TryGetProperty(declared.Name, out JsonElement element))
            {
                values.Add(declared.Name, declared.Kind.Read(declared.Name, element, sizes));
            }
        }

        return new(parameters, values);
    }
}

/// <summary>One parameter of an operation.</summary>
/// <param name="Name">Its name. Never changed.</param>
/// <param name="Kind">What it may be.</param>
/// <param name="Meaning">What it is, in a few words.</param>
/// <param name="Default">What stands for it where it is left out; null where it may not be.</param>
public sealed record Parameter(string Name, ParameterKind Kind, string Meaning, string? Default = null)
{
    /// <summary>Whether it may be left out.</summary>
    public bool IsOptional => Default is not null;

    /// <summary>The name, and a question mark where it may be left out.</summary>
    public override string ToString() => IsOptional ? Name + "?" : Name;
}

/// <summary>One member of a result: a number, an array, a word or a text.</summary>
/// <param name="Name">Its name. Never changed.</param>
/// <param name="Meaning">What it is, in a few words.</param>
/// <param name="Shape">For an array: its length, or its rows and columns, in the letters of the parameters; a number has none.</param>
public sealed record ResultMember(string Name, string Meaning, params IReadOnlyList<string> Shape)
{
    /// <summary>For a word: the words there are; empty for a text; null for numbers.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>The result that is one number.</summary>
    public static ResultMember[] Value(string meaning) => [new("value", meaning)];

    /// <summary>The result that is a proved bracket of a number.</summary>
    public static ResultMember[] Bracket(string meaning) => [new("lower", $"at most {meaning}"), new("upper", $"at least {meaning}")];

    /// <summary>What it is, with its type.</summary>
    public string Description => (Words, Shape.Count) switch
    {
        (null, 0) => $"a number: {Meaning}",
        (null, 1) => $"an array of {Shape[0]} numbers: {Meaning}",
        (null, _) => $"{Shape[0]} rows of {Shape[1]} numbers: {Meaning}",
        ([], _) => $"a text: {Meaning}",
        _ => $"{string.Join(" or ", Words.Select(word => $"\"{word}\""))}: {Meaning}",
    };
}

/// <summary>The parameters of one query, read and in their ranges. A name or type that the operation does not declare is a mistake of the program.</summary>
public sealed class Arguments
{
    private readonly JsonElement given;
    private readonly Dictionary<string, object> values;

    internal Arguments(JsonElement given, Dictionary<string, object> values) => (this.given, this.values) = (given, values);

    /// <summary>Whether an optional parameter is given.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>A number.</summary>
    public double Real(string name) => (double)values[name];

    /// <summary>A rank, dimension or number of draws.</summary>
    public int Size(string name) => (int)Real(name);

    /// <summary>A number of steps or a seed.</summary>
    public long Count(string name) => (long)Real(name);

    /// <summary>A word, or a default where it is left out.</summary>
    public string Word(string name, string defaultWord = "") => Has(name) ? (string)values[name] : defaultWord;

    /// <summary>A vector.</summary>
    public double[] Vector(string name) => (double[])values[name];

    /// <summary>A matrix.</summary>
    public double[,] Matrix(string name) => (double[,])values[name];

    /// <summary>The error for a value that is wrong together with others.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="allowed">What it must be.</param>
    public ProtocolException Outside(string name, string allowed)
        => ProtocolException.OutOfRange(name, $"{name} must be {allowed}, but is {Shown(name)}");

    /// <summary>The error for a value that a result beyond the doubles follows from.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="what">What is beyond them, with its verb.</param>
    public ProtocolException Beyond(string name, string what)
        => ProtocolException.OutOfRange(name, $"{name} is {Shown(name)}: {what} beyond the range of double precision");

    private string Shown(string name) => ParameterKind.Shown(given.GetProperty(name));
}
