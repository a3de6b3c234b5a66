namespace LoraPrivacy.Oracle.Reporting.Plots;

/// <summary>The worst-case privacy curve δ(ε) of one product release of a vector, by rank (S11, S12, S14).</summary>
internal static class CurvePlot
{
    public const string Id = "curve";

    private const string Title = "Worst-case δ(ε) of one product release of a vector, by rank";

    /// <summary>The picture ends where a good rank has come down to this.</summary>
    private const double SmallestDelta = 1e-9;

    private const int GoodRank = 16;

    public static Plot Build(bool isQuick, TableWork work)
    {
        int[] dimensions = isQuick ? [1024] : [64, 1024, 16384];
        double[] sensitivities = isQuick ? [0.01] : [0.01, 0.05];
        int[] ranks = isQuick ? [2, 16, 256] : [1, 2, 3, 4, 8, 16, 64, 256, 1024];
        int points = isQuick ? 9 : 25;
        (int Dimension, double Tau)[] groups = [.. dimensions.SelectMany(dimension => sensitivities.Select(tau => (dimension, tau)))];
        double[][] grids = work.Map(groups, group => Epsilons(group.Dimension, group.Tau, points));
        (int Group, int Rank, double Epsilon)[] entries =
            [.. groups.SelectMany((_, g) => ranks.SelectMany(rank => grids[g].Select(epsilon => (g, rank, epsilon))))];
        double[][] deltas = [.. work
            .Map(entries, entry => new WorstCase(entry.Rank, groups[entry.Group].Dimension).Delta(groups[entry.Group].Tau, entry.Epsilon))
            .Chunk(points)];
        Axis horizontal = new("ε", Least: 0);
        Axis vertical = new("δ(ε), the larger direction", IsLogarithmic: true, Least: 1e-12, Greatest: 1);
        List<Frame> frames = [];
        for (int g = 0; g < groups.Length; g++)
        {
            double[] grid = grids[g];
            Line[] curves = [.. ranks.Select((rank, i) => new Line($"δ(ε), rank {rank}", grid, deltas[(g * ranks.Length) + i]) { HasPoints = true })];
            for (int i = 0; i < ranks.Length; i++)
            {
                double floor = new WorstCase(ranks[i], groups[g].Dimension).DeltaFloor(groups[g].Tau);
                Line line = new("floor δ_∞", grid, [.. grid.Select(_ => floor)]);
                Chart chart = new(Title, horizontal, vertical, [curves[i], line]) { Context = [.. curves.Where((_, j) => j != i)] };
                frames.Add(new Frame(chart, Note(groups[g].Dimension, groups[g].Tau, ranks[i], floor)));
            }
        }

        return new Plot(
            Id,
            Title,
            ["S11", "S12", "S14"],
            [
                new Selector("dimension", "m", [.. dimensions.Select(dimension => dimension.ToString())], dimensions.Length / 2),
                new Selector("tau", "τ = Δ/β", [.. sensitivities.Select(Digits.Shortest)], 0),
                new Selector("rank", "rank r", [.. ranks.Select(rank => rank.ToString())], 1, IsSlider: true),
            ],
            frames,
            [
                "One product release of a vector: A fresh, secret and Gaussian, neighbours with ‖q − q′‖ ≤ τβ and norms at least β. The other ranks stand faintly behind. "
                    + "No curve goes below its floor: there is no (ε, 0) for any rank. The worst neighbour is searched for on the boundary of the neighbourhood, which is tested, not proved (S14).",
            ]);
    }

    private static double[] Epsilons(int dimension, double tau, int points)
    {
        double largest = new WorstCase(GoodRank, dimension).Epsilon(tau, SmallestDelta).Epsilon;

        // To two digits: the abscissas are to be read.
        double unit = Math.Pow(10, Math.Floor(Math.Log10(largest)) - 1);
        double end = Math.Ceiling(largest / unit) * unit;
        return [.. Enumerable.Range(0, points).Select(i => Math.Round(end * i / (points - 1), 9))];
    }

    private static string Note(int dimension, double tau, int rank, double floor)
        => $"m = {dimension}, τ = {Digits.Shortest(tau)}, rank {rank}: no ε gives a δ below "
            + (floor < 1e-300 ? "a floor that is itself below 1e-300" : Digits.Up(floor, 4, 1e-11));
}
