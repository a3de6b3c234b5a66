namespace LoraPrivacy.Oracle.Reporting.Plots;

/// <summary>The worst-case ε of one product release of a vector against rank, with its minimum, beside the noise (S14, S15).</summary>
internal static class RankPlot
{
    public const string Id = "rank";

    /// <summary>The δ of all points.</summary>
    public const double Delta = 1e-5;

    private const string Title = "Worst-case ε at δ = 1e-5 against rank, beside the noise";

    public static Plot Build(bool isQuick, TableWork work)
    {
        double[] sensitivities = isQuick ? [0.01] : [0.001, 0.01, 0.1];
        int[] dimensions = isQuick ? [64, 1024] : [.. Grids.Dimensions];
        int[] ranks = isQuick ? [1, 2, 4, 8, 16, 64, 256, 1024] : [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];
        (double Tau, int Dimension)[] choices = [.. sensitivities.SelectMany(tau => dimensions.Select(dimension => (tau, dimension)))];
        double[][] epsilons = work.Grid(choices, ranks, (choice, rank) => new WorstCase(rank, choice.Dimension).Epsilon(choice.Tau, Delta).Epsilon);
        double[] grid = [.. ranks.Select(rank => (double)rank)];
        Axis horizontal = new("rank r", IsLogarithmic: true) { Ticks = [.. Grids.Ranks.Select(rank => (double)rank)] };
        Axis vertical = new("ε; noise over ‖q‖²", IsLogarithmic: true);
        Line[] noise = [.. dimensions.Select(dimension =>
            new Line("noise E‖AᵀA q − q‖²/‖q‖²", grid, [.. ranks.Select(rank => GradientMoments.TotalNoise(1, dimension, rank, 3))]) { HasPoints = true })];
        Frame[] frames = [.. choices.Select((choice, i) =>
        {
            int best = Array.IndexOf(epsilons[i], epsilons[i].Min());
            Line line = new("worst-case ε at δ = 1e-5", grid, epsilons[i])
            {
                HasPoints = true,
                MarkedPoint = double.IsFinite(epsilons[i][best]) ? best : -1,
                MarkLabel = $"least of these: rank {ranks[best]}",
            };
            return new Frame(
                new Chart(Title, horizontal, vertical, [line, noise[Array.IndexOf(dimensions, choice.Dimension)]]),
                Note(choice.Tau, choice.Dimension, ranks[best], epsilons[i][best]));
        })];
        return new Plot(
            Id,
            Title,
            ["S4", "S14", "S15"],
            [
                new Selector("tau", "τ = Δ/β", [.. sensitivities.Select(Digits.Shortest)], sensitivities.Length / 2),
                new Selector("dimension", "m", [.. dimensions.Select(dimension => dimension.ToString())], dimensions.Length / 2, IsSlider: true),
            ],
            frames,
            [
                "One product release of a vector, as above. The noise falls with every rank; ε does not: at small ranks it is infinite, because δ cannot be reached at all, then it falls to "
                    + "a minimum, then it grows. Neither a lower nor a higher rank is more private as such. The marked minimum is that of the ranks computed.",
            ]);
    }

    private static string Note(double tau, int dimension, int best, double epsilon)
        => $"m = {dimension}, τ = {Digits.Shortest(tau)}: "
            + (double.IsFinite(epsilon) ? $"least at rank {best} of the ranks shown, ε ≤ {Digits.Up(epsilon, 4, 1e-8)}" : "no rank shown reaches δ = 1e-5");
}
