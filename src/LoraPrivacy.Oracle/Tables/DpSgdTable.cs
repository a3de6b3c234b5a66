namespace LoraPrivacy.Oracle.Tables;

/// <summary>ε of DP-SGD on B against noise, sampling rate and steps, between proved bounds (S19, S27).</summary>
internal static class DpSgdTable
{
    public const string Name = "dp-sgd";

    private const double Delta = 1e-5;
    private const int ShownDigits = 4;

    private static readonly double[] Noises = [0.6, 1, 2, 4];
    private static readonly double[] Rates = [0.001, 0.01, 0.1, 1];
    private static readonly long[] Steps = [1000, 10_000];

    public static Table Build(TableWork work)
    {
        DpSgdMechanism[] runs =
        [
            .. from noise in Noises from rate in Rates from steps in Steps select new DpSgdMechanism(noise, rate, steps),
        ];
        return new(
            Name,
            "ε at δ = 1e-5 of DP-SGD on the factor B of LoRA (A independent of the data), for the worst neighbours",
            ["S19", "S27"],
            [
                new("noise σ", Key: "noiseMultiplier"),
                new("rate q", Key: "samplingRate"),
                new("steps"),
                new("add-remove: from", Key: "addRemoveLower"),
                new("to", Key: "addRemoveUpper"),
                new("Rényi", Key: "renyiUpperBound"),
                new("replace-one: from", Key: "replaceOneLower"),
                new("up to", Key: "replaceOneUpper"),
            ],
            work.Map(runs, Row),
            [
                "The exact ε lies between the two numbers of a pair, which are rounded outward; where they print alike but for the last digit, four digits tell no more. Rényi: the upper bound from Rényi "
                    + "divergences, for adding or removing. At q = 1 the mechanism is Gaussian and the value is its closed form's.",
                "Holds for the release of every iterate of B, and of A. The guarantee comes from the noise alone. Poisson sampling and a constant denominator are presupposed; see the verb account for "
                    + "what is not covered.",
            ])
        {
            GroupColumns = 2,
        };
    }

    private static Cell[] Row(DpSgdMechanism run)
    {
        Bracket single = run.Epsilon(Delta);
        Bracket replaced = new DpSgdMechanism(run.NoiseMultiplier, run.SamplingRate, run.Steps, NeighbouringRelation.ReplaceOne).Epsilon(Delta);
        RenyiAccountant renyi = new((RenyiCurve.SubsampledGaussian(run.NoiseMultiplier, run.SamplingRate), run.Steps));
        return
        [
            Cell.Parameter(run.NoiseMultiplier),
            Cell.Parameter(run.SamplingRate),
            Cell.Of(run.Steps),
            Cell.Lower(single.Lower, ShownDigits),
            Cell.Upper(single.Upper, ShownDigits),
            Cell.Upper(renyi.Epsilon(Delta).Upper, ShownDigits),
            Cell.Lower(replaced.Lower, ShownDigits),
            Cell.Upper(replaced.Upper, ShownDigits),
        ];
    }
}
