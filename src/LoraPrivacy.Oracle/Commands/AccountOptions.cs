using System.CommandLine;
using LoraPrivacy.CommandLine;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The options that all kinds of accounting share.</summary>
internal sealed class AccountOptions
{
    private readonly Option<double[]> deltas = CommonOptions.Reals(
        "--delta", "δ, or several: ε is given for each (default 1e-5).", value => value is > 0 and < 1, "numbers in (0, 1)");
    private readonly Option<double[]> epsilons = CommonOptions.Reals(
        "--epsilon", "ε, or several: δ is given for each.", value => value >= 0 && double.IsFinite(value), "finite numbers of at least 0");

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

    /// <summary>A number of steps of at least 1.</summary>
    public static Option<long?> Steps(string description) => new("--steps")
    {
        Description = description,
        HelpName = "T",
        CustomParser = result =>
        {
            if (long.TryParse(result.Tokens[0].Value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long value)
                && value is >= 1 and <= LargestSteps)
            {
                return value;
            }

            result.AddError($"--steps must be an integer in [1, {LargestSteps}], but is '{result.Tokens[0].Value}'");
            return null;
        },
    };

    private const long LargestSteps = 1_000_000_000_000;
}
