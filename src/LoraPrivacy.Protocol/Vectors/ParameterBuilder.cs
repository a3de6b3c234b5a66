namespace LoraPrivacy.Protocol.Vectors;

/// <summary>Writes parameters in the exact notation of the vector files.</summary>
public static class ParameterBuilder
{
    /// <summary>An object of named parameters.</summary>
    public static JsonObject Of(params (string Name, object? Value)[] parameters) => new JsonObject().With(parameters);

    /// <summary>The same parameters, some of them changed or added.</summary>
    public static JsonObject With(this JsonObject parameters, params (string Name, object? Value)[] changed)
    {
        JsonObject result = (JsonObject)parameters.DeepClone();
        foreach ((string name, object? value) in changed)
        {
            result[name] = Node(value);
        }

        return result;
    }

    /// <summary>The same parameters without one.</summary>
    public static JsonObject Without(this JsonObject parameters, string name)
    {
        JsonObject result = (JsonObject)parameters.DeepClone();
        result.Remove(name);
        return result;
    }

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        JsonNode node => node,
        int number => number,
        long number => number,
        bool truth => truth,
        string word => word,
        double number => Real(number),
        double[] vector => new JsonArray([.. vector.Select(Real)]),
        double[][] matrix => new JsonArray([.. matrix.Select(row => new JsonArray([.. row.Select(Real)]))]),
        _ => throw new ArgumentException($"a {value.GetType().Name} is no parameter", nameof(value)),
    };

    private static JsonNode Real(double value)
    {
        if (!double.IsFinite(value))
        {
            return value > 0 ? "Infinity" : "-Infinity";
        }

        string text = ExactNumber.ArgumentOf(value);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) ? integer : text;
    }
}
