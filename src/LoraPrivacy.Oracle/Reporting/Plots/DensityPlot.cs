namespace LoraPrivacy.Oracle.Reporting.Plots;

/// <summary>The density of an entry of the sketched gradient against the normal density of the same mean and variance (S7, S9).</summary>
internal static class DensityPlot
{
    public const string Id = "density";

    private const string Title = "Density of one entry of AᵀA q against the normal law of the same mean and variance";
    private const double Range = 4;

    public static Plot Build(bool isQuick, TableWork work)
    {
        int[] ranks = isQuick ? [1, 4, 16, 64] : [1, 2, 3, 4, 6, 8, 12, 16, 32, 64, 128, 256, 1024];
        double[] ratios = isQuick ? [0, 1] : [0, 0.1, 0.5, 0.9, 1];
        int points = isQuick ? 33 : 129;
        double[] z = [.. Enumerable.Range(0, points).Select(i => Range * ((2.0 * i / (points - 1)) - 1))];
        Axis horizontal = new("(entry − mean) / standard deviation", Least: -Range, Greatest: Range);
        Axis vertical = new("density × standard deviation", Least: 0, Greatest: 1.2);
        Line normal = new("normal", z, [.. z.Select(x => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI))]);
        (double Ratio, int Rank)[] choices = [.. ratios.SelectMany(ratio => ranks.Select(rank => (ratio, rank)))];
        Frame[] frames = [.. work.Map(choices, choice => Exact(choice.Ratio, choice.Rank, z)).Select((y, i) => new Frame(
            new Chart(Title, horizontal, vertical, [new Line($"exact, rank {choices[i].Rank}", z, y), normal]), Note(choices[i].Ratio, choices[i].Rank)))];
        return new Plot(
            Id,
            Title,
            ["S7", "S9"],
            [
                new Selector("ratio", "|q_i|/‖q‖", [.. ratios.Select(Digits.Shortest)], 0),
                new Selector("rank", "rank r", [.. ranks.Select(rank => rank.ToString())], 1, IsSlider: true),
            ],
            frames,
            [
                "The law of an entry depends on q_i/‖q‖ and the rank alone, not on the dimension m: it becomes normal as the rank grows, not as m grows. "
                    + "At rank 1 the density is infinite at 0; what goes beyond the picture is in the read-out.",
            ]);
    }

    private static double[] Exact(double ratio, int rank, double[] z)
    {
        VarianceGamma law = new(ratio, 1, rank);
        double deviation = Math.Sqrt(law.Variance);
        return [.. z.Select(x => law.Density(law.Mean + (x * deviation)) * deviation)];
    }

    private static string Note(double ratio, int rank)
        => $"rank {rank}, |q_i|/‖q‖ = {Digits.Shortest(ratio)}: excess kurtosis {Digits.Nearest(new VarianceGamma(ratio, 1, rank).ExcessKurtosis, 5, 1e-13)}, "
            + $"total variation distance to the normal law {Digits.Nearest(GaussianDistance.TotalVariation(ratio, rank), 5, 1e-9)}";
}
