namespace LoraPrivacy.Protocol.Vectors;

/// <summary>What a test demands of the answer.</summary>
public abstract record Expectation
{
    private Expectation()
    {
    }

    /// <summary>A result that agrees.</summary>
    /// <param name="Result">The result.</param>
    public sealed record Valid(ExpectedResult Result) : Expectation;

    /// <summary>An error.</summary>
    /// <param name="Code">Its code.</param>
    /// <param name="Parameter">The parameter that it is about, if the answer names one.</param>
    public sealed record Invalid(string Code, string? Parameter) : Expectation;

    /// <summary>An error, or a result that agrees; any result, where none is expected.</summary>
    /// <param name="Reason">Why both are right.</param>
    /// <param name="Result">The result.</param>
    public sealed record Acceptable(string Reason, ExpectedResult? Result) : Expectation;
}

/// <summary>The members that a result must have. It may have others.</summary>
/// <param name="Values">The numbers and arrays of numbers, by the member's name.</param>
/// <param name="Words">The strings, by the member's name.</param>
public sealed record ExpectedResult(IReadOnlyDictionary<string, ExpectedValue> Values, IReadOnlyDictionary<string, string> Words)
{
    /// <summary>The result of an operation with one number.</summary>
    public static ExpectedResult Value(Enclosure value) => Of(("value", value));

    /// <summary>A number that a bracket has to contain: both its ends are held against it.</summary>
    public static ExpectedResult Bracket(Enclosure value) => Of(("lower", value), ("upper", value));

    /// <summary>The result of an operation with numbers and arrays of several names.</summary>
    public static ExpectedResult Of(params (string Name, ExpectedValue Value)[] members) => new(members.ToDictionary(member => member.Name, member => member.Value), new Dictionary<string, string>());

    /// <summary>A result that is one word.</summary>
    public static ExpectedResult Word(string name, string word) => new(new Dictionary<string, ExpectedValue>(), new Dictionary<string, string> { [name] = word });
}

/// <summary>What a member of a result has to be: one number, or an array of expected values.</summary>
public abstract record ExpectedValue
{
    private ExpectedValue()
    {
    }

    /// <summary>The enclosures of all its numbers, in order.</summary>
    public IEnumerable<Enclosure> Enclosures => this is Number number ? [number.Enclosure] : ((Sequence)this).Items.SelectMany(item => item.Enclosures);

    /// <summary>One number.</summary>
    public static implicit operator ExpectedValue(Enclosure value) => new Number(value);

    /// <summary>A vector of them.</summary>
    public static ExpectedValue Of(IEnumerable<Enclosure> values) => new Sequence([.. values.Select(value => new Number(value))]);

    /// <summary>A matrix of them, by rows.</summary>
    public static ExpectedValue Of(IEnumerable<IEnumerable<Enclosure>> rows) => new Sequence([.. rows.Select(Of)]);

    /// <summary>One number.</summary>
    /// <param name="Enclosure">Where it is.</param>
    public sealed record Number(Enclosure Enclosure) : ExpectedValue;

    /// <summary>An array.</summary>
    /// <param name="Items">Its items.</param>
    public sealed record Sequence(IReadOnlyList<ExpectedValue> Items) : ExpectedValue;
}
