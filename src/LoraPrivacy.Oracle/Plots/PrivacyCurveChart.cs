using LoraPrivacy.Oracle.Input;
using LoraPrivacy.Reference.Privacy;
using LoraPrivacy.Reference.Releases;

namespace LoraPrivacy.Oracle.Plots;

/// <summary>δ(ε) of one pair of vectors, one line a rank, and the floors that the lines run into.</summary>
internal static class PrivacyCurveChart
{
    private const int Points = 161;

    /// <summary>Below this no δ is of interest, and the picture ends.</summary>
    private const double SmallestDelta = 1e-12;

    /// <summary>Curves that run into their floor slowly are cut off here.</summary>
    private const double LargestEpsilon = 40;

    public static Chart Of(int[] ranks, int dimension, VectorPair pair)
    {
        double largest = ranks.Max(rank => Extent(new ProductRelease(rank, dimension), pair));
        double[] epsilons = [.. Enumerable.Range(0, Points).Select(i => largest * i / (Points - 1))];
        List<Line> lines = [];
        foreach (int rank in ranks)
        {
            ProductRelease release = new(rank, dimension);
            double floor = ProductRelease.DeltaFloor(rank, pair.Angle);
            double[] deltas = [.. epsilons.AsParallel().AsOrdered().Select(epsilon => release.DeltaBothDirections(pair, epsilon))];
            lines.Add(new Line($"rank {rank}", epsilons, [.. deltas.Select(Visible)]));
            if (floor >= SmallestDelta)
            {
                lines.Add(new Line($"rank {rank}, floor", [0, largest], [floor, floor]) { IsDashed = true, SharesColour = true });
            }
        }

        if (!lines.Exists(line => Array.Exists(line.Y, double.IsFinite)))
        {
            throw new InputException($"--plot: there is nothing to draw, for δ(ε) is below {SmallestDelta:R} at every ε and rank");
        }

        return new Chart(
            $"Privacy curve of one product release (m = {dimension}, norm ratio {pair.NormRatio:G4}, angle {pair.Angle:G4})",
            new Axis("ε (privacy loss, natural logarithm)", IsTight: true),
            new Axis("δ(ε), larger direction (probability)", IsLogarithmic: true),
            lines);
    }

    private static double Visible(double delta) => delta >= SmallestDelta ? delta : double.NaN;

    /// <summary>Where a curve has come down to its floor or to the smallest δ of interest.</summary>
    private static double Extent(ProductRelease release, VectorPair pair)
    {
        double floor = ProductRelease.DeltaFloor(release.Rank, pair.Angle);
        double target = Math.Max(floor * 1.01, 1e-9);
        double epsilon = target < 1 ? release.EpsilonBothDirections(pair, target) : 1;
        return double.IsFinite(epsilon) && epsilon > 0 ? Math.Min(epsilon, LargestEpsilon) : 1;
    }
}
