namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>A query of a test, to be answered with a mistake.</summary>
internal sealed class Query(string operation, JsonObject parameters, ReferenceAnswers reference)
{
    public string Operation => operation;

    public bool Has(string name) => parameters.ContainsKey(name);

    /// <summary>A parameter that is a number or an infinity.</summary>
    public double Number(string name) => Numbers.Read(parameters[name]!);

    /// <summary>A parameter that is a word; null where it is left out.</summary>
    public string? Word(string name) => parameters[name]?.GetValue<string>();

    /// <summary>A parameter that is an array of numbers.</summary>
    public double[] Vector(string name) => [.. parameters[name]!.AsArray().Select(entry => Numbers.Read(entry!))];

    /// <summary>A parameter that is a matrix.</summary>
    public double[][] Matrix(string name) => [.. parameters[name]!.AsArray().Select(row => row!.AsArray().Select(entry => Numbers.Read(entry!)).ToArray())];

    /// <summary>The right answer; null where the reference refuses the query.</summary>
    public JsonObject? Ask() => reference.Ask(operation, parameters);

    /// <summary>The right answer to another query: the same one with some parameters changed, or left out where they are null.</summary>
    public JsonObject? Ask(params (string Name, JsonNode? Value)[] changes) => Ask(operation, changes);

    /// <summary>The same of another operation with the same parameters.</summary>
    public JsonObject? Ask(string other, params (string Name, JsonNode? Value)[] changes)
    {
        JsonObject changed = parameters.DeepClone().AsObject();
        foreach ((string name, JsonNode? value) in changes)
        {
            changed.Remove(name);
            if (value is not null)
            {
                changed[name] = value;
            }
        }

        return reference.Ask(other, changed);
    }

    /// <summary>The right answer with every number among the parameters changed.</summary>
    public JsonObject? AskWithAll(Func<double, double> change) => reference.Ask(operation, Numbers.Map(parameters, change).AsObject());
}
