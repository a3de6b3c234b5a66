namespace LoraPrivacy.Oracle.Commands;

/// <summary>The options that all kinds of accounting share.</summary>
internal sealed class AccountOptions
{
    private readonly Option<double[]> deltas = CommonOptions.Reals(
        "--delta", "δ, or several: ε is given for each (default 1e-5).", ParameterKind.Probability);
    private readonly Option<double[]> epsilons = CommonOptions.Reals(
        "--epsilon", "ε, or several: δ is given for each.", ParameterKind.NonNegative);

    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Option<string?> file = CommonOptions.Out();

    public IEnumerable<Option> All => [deltas, epsilons, json, file];

    /// <summary>The values of δ: none where only an ε is given.</summary>
    public double[] Deltas(ParseResult parsed) => parsed.ValuesOr(deltas, Epsilons(parsed).Length > 0 ? [] : [1e-5]);

    /// <summary>The values of δ, and 1e-5 where none is given.</summary>
    public double[] DeltasOrDefault(ParseResult parsed) => parsed.ValuesOr(deltas, [1e-5]);

    public double[] Epsilons(ParseResult parsed) => parsed.ValuesOr(epsilons, []);

    public bool Json(ParseResult parsed) => parsed.GetValue(json);

    public string? File(ParseResult parsed) => parsed.GetValue(file);

    /// <summary>A number of steps of at least 1, up to what the operations of the protocol take.</summary>
    public static Option<long?> Steps(string description)
        => CommonOptions.Count("--steps", description, (long)OperationTable.RangeOf("dp-sgd/epsilon", "steps").High, "T");
}
