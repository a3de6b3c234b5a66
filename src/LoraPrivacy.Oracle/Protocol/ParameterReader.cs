using System.Text.Json;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>
/// Reads the parameters of one query, and refuses what is missing, unknown, of the wrong type or out of range with a message that
/// names the parameter as the protocol spells it.
/// </summary>
internal sealed class ParameterReader
{
    /// <summary>Ranks and dimensions above this are refused.</summary>
    private const int LargestSize = 1 << 20;

    private readonly JsonElement _parameters;

    public ParameterReader(Operation operation, JsonElement parameters)
    {
        _parameters = parameters;
        foreach (string declared in operation.Parameters)
        {
            if (declared[^1] != '?' && !parameters.TryGetProperty(declared, out _))
            {
                throw ProtocolException.BadParameter(declared, $"{operation.Name} needs the parameter {declared}");
            }
        }

        foreach (JsonProperty given in parameters.EnumerateObject())
        {
            if (!Array.Exists(operation.Parameters, declared => declared.AsSpan().TrimEnd('?').SequenceEqual(given.Name)))
            {
                string known = string.Join(", ", operation.Parameters);
                throw ProtocolException.BadParameter(given.Name, $"{operation.Name} has no such parameter; it has {known}");
            }
        }
    }

    /// <summary>A rank or dimension.</summary>
    public int Size(string name)
    {
        double value = Number(name, _parameters.GetProperty(name));
        if (value != Math.Floor(value))
        {
            throw ProtocolException.BadParameter(name, $"{name} must be an integer, but is {Json(name)}");
        }

        return value is >= 1 and <= LargestSize
            ? (int)value
            : throw Outside(name, $"an integer in [1, {LargestSize}]");
    }

    /// <summary>A number of steps, in [0, largest]; at most 2^53, so that no digit is lost.</summary>
    public long Count(string name, long largest)
    {
        double value = Number(name, _parameters.GetProperty(name));
        return value >= 0 && value <= largest && value == Math.Floor(value)
            ? (long)value
            : throw Outside(name, $"an integer in [0, {largest}]");
    }

    /// <summary>A finite number.</summary>
    public double Finite(string name) => InRange(name, double.IsFinite, "a finite number");

    /// <summary>A finite number above 0.</summary>
    public double Positive(string name)
        => InRange(name, value => value > 0 && double.IsFinite(value), "a finite number above 0");

    /// <summary>A finite number that is at least 0.</summary>
    public double NonNegative(string name)
        => InRange(name, value => value >= 0 && double.IsFinite(value), "a finite number of at least 0");

    /// <summary>A number in [low, high].</summary>
    public double Between(string name, double low, double high)
        => InRange(name, value => value >= low && value <= high, double.IsInfinity(high) ? $"a number of at least {low:R}" : $"a number in [{low:R}, {high:R}]");

    /// <summary>A number strictly between 0 and 1.</summary>
    public double Probability(string name) => InRange(name, value => value is > 0 and < 1, "a number in (0, 1)");

    /// <summary>Any number, the infinities included.</summary>
    public double Extended(string name) => Number(name, _parameters.GetProperty(name));

    /// <summary>Whether an optional parameter is given.</summary>
    public bool Has(string name) => _parameters.TryGetProperty(name, out _);

    /// <summary>One of some words.</summary>
    public string Word(string name, params ReadOnlySpan<string> allowed)
    {
        JsonElement element = _parameters.GetProperty(name);
        if (element.ValueKind != JsonValueKind.String)
        {
            throw ProtocolException.BadParameter(name, $"{name} must be a string, but is {Kind(element)}");
        }

        string value = element.GetString()!;
        return allowed.Contains(value)
            ? value
            : throw ProtocolException.BadParameter(name, $"{name} must be one of {string.Join(", ", allowed.ToArray())}");
    }

    /// <summary>A vector of at least one finite number.</summary>
    public double[] Vector(string name) => Vector(name, _parameters.GetProperty(name));

    /// <summary>A matrix of finite numbers, at least one, in rows of equal length.</summary>
    public double[,] Matrix(string name)
    {
        JsonElement element = _parameters.GetProperty(name);
        CheckArray(name, element);
        double[,]? matrix = null;
        int i = 0;
        foreach (JsonElement rowElement in element.EnumerateArray())
        {
            string place = $"{name}[{i}]";
            CheckArray(name, rowElement, place);
            matrix ??= new double[element.GetArrayLength(), rowElement.GetArrayLength()];
            if (rowElement.GetArrayLength() != matrix.GetLength(1))
            {
                throw ProtocolException.BadParameter(
                    name, $"the rows of {name} must have one length, but {name}[0] has {matrix.GetLength(1)} numbers and {place} has {rowElement.GetArrayLength()}");
            }

            int j = 0;
            foreach (JsonElement entry in rowElement.EnumerateArray())
            {
                matrix[i, j] = FiniteEntry(name, entry, $"{place}[{j}]");
                j++;
            }

            i++;
        }

        return matrix!;
    }

    /// <summary>The error for a value outside an operation's range.</summary>
    public ProtocolException Outside(string name, string allowed)
        => ProtocolException.OutOfRange(name, $"{name} must be {allowed}, but is {Json(name)}");

    /// <summary>The error for a value that a result beyond the doubles follows from.</summary>
    public ProtocolException Beyond(string name, string what)
        => ProtocolException.OutOfRange(name, $"{name} is {Json(name)}: {what} beyond the range of double precision");

    private static double[] Vector(string name, JsonElement element)
    {
        CheckArray(name, element);
        double[] vector = new double[element.GetArrayLength()];
        int i = 0;
        foreach (JsonElement entry in element.EnumerateArray())
        {
            vector[i] = FiniteEntry(name, entry, $"{name}[{i}]");
            i++;
        }

        return vector;
    }

    private static void CheckArray(string name, JsonElement element, string? place = null)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw ProtocolException.BadParameter(name, $"{place ?? name} must be an array, but is {Kind(element)}");
        }

        if (element.GetArrayLength() == 0)
        {
            throw ProtocolException.BadParameter(name, $"{place ?? name} must not be empty");
        }
    }

    private static double FiniteEntry(string name, JsonElement entry, string place)
    {
        double value = Number(name, entry, place);
        return double.IsFinite(value)
            ? value
            : throw ProtocolException.OutOfRange(name, $"{place} must be a finite number");
    }

    private static double Number(string name, JsonElement element, string? place = null)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            if (element.ValueEquals("Infinity"))
            {
                return double.PositiveInfinity;
            }

            if (element.ValueEquals("-Infinity"))
            {
                return double.NegativeInfinity;
            }
        }

        if (element.ValueKind != JsonValueKind.Number)
        {
            throw ProtocolException.BadParameter(name, $"{place ?? name} must be a number, but is {Kind(element)}");
        }

        // A literal beyond the doubles, such as 1e400, must not turn into an infinity unnoticed.
        return element.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw ProtocolException.OutOfRange(name, $"{place ?? name} is beyond the range of double precision");
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    private double InRange(string name, Predicate<double> allowed, string description)
    {
        double value = Number(name, _parameters.GetProperty(name));
        return allowed(value) ? value : throw Outside(name, description);
    }

    private string Json(string name)
    {
        string text = _parameters.GetProperty(name).GetRawText();
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
