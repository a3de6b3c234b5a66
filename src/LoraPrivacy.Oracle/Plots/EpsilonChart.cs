namespace LoraPrivacy.Oracle.Plots;

/// <summary>ε against rank, with its minimum marked.</summary>
internal static class EpsilonChart
{
    public static Chart Of(string title, int[] ranks, double[] epsilons, double delta)
    {
        if (!Array.Exists(epsilons, epsilon => epsilon > 0 && double.IsFinite(epsilon)))
        {
            throw new InputException(
                $"--plot: there is nothing to draw, for at δ = {Digits.Shortest(delta)} ε is infinite or 0 at every one of these ranks");
        }

        int best = Array.IndexOf(epsilons, epsilons.Min());
        bool hasMinimum = double.IsFinite(epsilons[best]) && epsilons[best] > 0;
        return new Chart(
            title,
            new Axis("rank r", IsLogarithmic: true) { Ticks = [.. ranks.Distinct().Order().Select(rank => (double)rank)] },
            new Axis("ε (privacy loss, natural logarithm)", IsLogarithmic: true),
            [
                new Line($"ε at δ = {Digits.Shortest(delta)}", [.. ranks.Select(rank => (double)rank)], epsilons)
                {
                    HasPoints = true,
                    MarkedPoint = hasMinimum ? best : -1,
                    MarkLabel = hasMinimum ? $"most private of these: rank {ranks[best]}, ε ≤ {Digits.Up(epsilons[best], 4, 1e-8)}" : string.Empty,
                },
            ]);
    }
}
