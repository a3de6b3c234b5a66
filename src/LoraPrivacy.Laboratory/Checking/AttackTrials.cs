using LoraPrivacy.Reference.Releases.Matrix;

namespace LoraPrivacy.Laboratory.Checking;

/// <summary>The statistic of an attack on releases of either neighbour, and how well it tells them apart.</summary>
/// <param name="Members">The statistic on releases made from the gradient that the attacker tests for.</param>
/// <param name="Others">The statistic on releases made from its neighbour.</param>
internal sealed record AttackTrials(double[] Members, double[] Others)
{
    /// <summary>What is left of 0 by rounding in float64.</summary>
    public const double Rounding = 1e-12;

    /// <summary>
    /// The probability that a release of the gradient has a smaller statistic than one of the neighbour, ties counting half: the area
    /// under the curve of the attack.
    /// </summary>
    public double Area
    {
        get
        {
            double wins = 0;
            foreach (double member in Members)
            {
                foreach (double other in Others)
                {
                    wins += member < other ? 1 : member == other ? 0.5 : 0;
                }
            }

            return wins / ((double)Members.Length * Others.Length);
        }
    }

    /// <summary>The symmetry test of S16 on whole releases, of which rounding is cut off.</summary>
    public static AttackTrials OnMatrices(LayerStep step, LayerStep neighbour, int count, Func<long, RandomSequence> sequence)
        => Run(step, neighbour, count, sequence, release => MatrixRelease.AsymmetryStatistic(release, step.Gradient));

    /// <summary>The same test on one row alone.</summary>
    public static AttackTrials OnRow(LayerStep step, LayerStep neighbour, int row, int count, Func<long, RandomSequence> sequence)
    {
        double[,] gradient = MatrixParts.AsMatrix(MatrixParts.Row(step.Gradient, row));
        return Run(step, neighbour, count, sequence, release => MatrixRelease.AsymmetryStatistic(MatrixParts.AsMatrix(MatrixParts.Row(release, row)), gradient));
    }

    /// <summary>Draws releases of both and applies a statistic to them.</summary>
    public static AttackTrials Run(LayerStep step, LayerStep neighbour, int count, Func<long, RandomSequence> sequence, Func<double[,], double> statistic)
    {
        double[] members = new double[count];
        double[] others = new double[count];
        for (int i = 0; i < count; i++)
        {
            CollectionSchedule.BetweenSteps();
            using RandomSequence first = sequence(2L * i);
            members[i] = Cut(statistic(step.Draw(first)));
            using RandomSequence second = sequence((2L * i) + 1);
            others[i] = Cut(statistic(neighbour.Draw(second)));
        }

        return new(members, others);
    }

    private static double Cut(double statistic) => statistic < Rounding ? 0 : statistic;
}
