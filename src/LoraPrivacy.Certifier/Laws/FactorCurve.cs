namespace LoraPrivacy.Certifier.Laws;

/// <summary>The privacy of one factor release (S24): L = −(r/2)Σ log μ_j + Σ (μ_j − 1)G_j with G_j ~ Gamma(r/2, 1).</summary>
internal sealed class FactorCurve
{
    private readonly (ExactNumber Value, int Count)[] eigenvalues;
    private readonly long rank;

    public FactorCurve(long rank, IEnumerable<ExactNumber> eigenvalues)
    {
        this.rank = rank;
        this.eigenvalues = [.. eigenvalues.Where(value => value != 1).GroupBy(value => value).Select(group => (group.Key, group.Count()))];
    }

    public bool IsIdentical => eigenvalues.Length == 0;

    /// <summary>δ(ε), ε ≥ 0.</summary>
    public Ball Delta(Ball epsilon, int accuracy = Refinement.Printed)
    {
        if (IsIdentical)
        {
            return 0;
        }

        // One distinct eigenvalue is a χ² scale family, in closed form.
        return eigenvalues.Length == 1
            ? Refinement.Of(_ => new ScaleCurve(Shape(eigenvalues[0].Count), Ball.Of(eigenvalues[0].Value)).Delta(epsilon), accuracy)
            : Inverted(epsilon, accuracy);
    }

    /// <summary>δ(ε) by inverting the transform, for any number of eigenvalues.</summary>
    internal Ball Inverted(Ball epsilon, int accuracy = Refinement.Printed) => Refinement.Of(
        tolerance =>
        {
            // The product is exact, so that its logarithm is exactly 0 where it is.
            ExactNumber product = 1;
            List<(Ball Weight, Ball Shape)> terms = [];
            foreach ((ExactNumber value, int count) in eigenvalues)
            {
                product = Enumerable.Repeat(value, count).Aggregate(product, (all, factor) => all * factor);
                terms.Add((Ball.Of(value - 1), Shape(count)));
            }

            Ball offset = epsilon + Shape(1) * Ball.Of(product).Log();
            return new GammaCombination(terms, offset, isHockeyStick: true).Value(tolerance);
        },
        accuracy);

    private Ball Shape(int count) => ((Ball)(rank * count)).TimesPowerOfTwo(-1);
}
