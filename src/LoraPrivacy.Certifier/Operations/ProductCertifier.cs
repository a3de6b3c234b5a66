namespace LoraPrivacy.Certifier.Operations;

/// <summary>The operations product/…: exact privacy of one vector-valued product release (S11 to S14).</summary>
internal static class ProductCertifier
{
    private const int BoundDigits = 9;

    public static ExpectedResult Delta(ExactParameters parameters)
        => ExpectedResult.Value(parameters.InfiniteSign("epsilon") > 0
            ? Enclosure.Of(Refinement.Of(_ => ProductCurve.Floor(parameters.Integer("rank"), Angle(parameters))))
            : Enclosure.Of(DeltaAt(Pair(parameters), Ball.Of(parameters.Real("epsilon")), Refinement.Printed)));

    /// <summary>The least ε with δ(ε) ≤ δ.</summary>
    public static ExpectedResult Epsilon(ExactParameters parameters) => ExpectedResult.Value(EpsilonOf(Pair(parameters), parameters.Real("delta")));

    /// <summary>The least ε of no step or one (S22) in both directions, which a bracket has to contain.</summary>
    public static ExpectedResult Composed(ExactParameters parameters)
    {
        if (parameters.Integer("steps") == 0)
        {
            return ExpectedResult.Bracket(Enclosure.Zero);
        }

        VectorPair pair = Pair(parameters);
        ExactNumber delta = parameters.Real("delta");
        Enclosure forward = EpsilonOf(pair, delta);
        return parameters.Integer("steps") != 1 ? throw new ArgumentException("there is a closed form for one step only")
            : ExpectedResult.Bracket(pair.NormRatio == 1 ? forward : Larger(forward, EpsilonOf(pair with { NormRatio = 1 / pair.NormRatio }, delta)));
    }

    /// <summary>P(L ≤ ℓ).</summary>
    public static ExpectedResult LossCdf(ExactParameters parameters)
    {
        int sign = parameters.InfiniteSign("loss");
        if (sign != 0)
        {
            return ExpectedResult.Value((sign > 0 ? Enclosure.One : Enclosure.Zero));
        }

        VectorPair pair = Pair(parameters);
        Ball loss = Ball.Of(parameters.Real("loss"));
        return ExpectedResult.Value(Enclosure.Of(pair.IsParallel
            ? Refinement.Of(_ => pair.Scale().LossCdf(loss))
            : Refinement.OfIntegral((accuracy, tolerance) => pair.Curve().LossCdf(loss, accuracy, tolerance))));
    }

    /// <summary>δ_∞.</summary>
    public static ExpectedResult Floor(ExactParameters parameters)
        => ExpectedResult.Value(Enclosure.Of(Refinement.Of(_ => ProductCurve.Floor(parameters.Integer("rank"), Angle(parameters)))));

    /// <summary>
    /// A lower bound of the worst ε over the neighbourhood of S14: +∞ where the largest floor is above δ, else that of the pairs of pure scaling, (1 + τ, 0) and its
    /// reverse, which belong to every neighbourhood.
    /// </summary>
    public static ExpectedResult WorstCase(ExactParameters parameters)
    {
        ExactNumber sensitivity = parameters.Real("relativeSensitivity");
        ExactNumber delta = parameters.Real("delta");
        long rank = parameters.Integer("rank");
        long dimension = parameters.Integer("dimension");
        if (sensitivity >= 2 || (dimension > 1 && ReachesFloor(rank, sensitivity, delta)))
        {
            return ExpectedResult.Value(Enclosure.Infinity);
        }

        VectorPair forward = new(rank, dimension, 1 + sensitivity, 0);
        VectorPair reverse = new(rank, dimension, 1 / (1 + sensitivity), 0);
        Ball[] candidates = [.. new[] { forward, reverse }
            .Where(pair => DeltaAt(pair, 0, Refinement.Printed) > Ball.Of(delta))
            .Select(pair => Root(pair, delta))];
        return candidates.Length == 0
            ? ExpectedResult.Value(Enclosure.Zero)
            : ExpectedResult.Value(Enclosure.BoundedBelow(candidates.Aggregate((x, y) => x > y ? x : y), BoundDigits));
    }

    /// <summary>δ(ε) of a pair to a relative accuracy.</summary>
    internal static Ball DeltaAt(VectorPair pair, Ball epsilon, int accuracy) => pair.IsParallel
        ? Refinement.Of(_ => pair.Scale().Delta(epsilon), accuracy)
        : Refinement.OfIntegral((needed, tolerance) => pair.Curve().Delta(epsilon, needed, tolerance), accuracy);

    /// <summary>The least ε of a pair.</summary>
    internal static Enclosure EpsilonOf(VectorPair pair, ExactNumber delta)
    {
        Ball target = Ball.Of(delta);
        Ball floor = Refinement.Of(_ => ProductCurve.Floor(pair.Rank, VectorAngle.Of(pair.Angle)));
        if (!pair.Angle.IsZero && target < floor)
        {
            return Enclosure.Infinity;
        }

        Ball atZero = DeltaAt(pair, 0, Refinement.Printed);
        return atZero < target || (atZero.IsZero && !target.IsZero) ? Enclosure.Zero
            : atZero > target ? Enclosure.Of(Root(pair, delta))
            : throw new ArithmeticException("δ(0) is too close to the δ asked for");
    }

    // Both directions agree at λ = 1 only.
    private static Enclosure Larger(Enclosure first, Enclosure second) => first.Lower >= second.Lower ? first : second;

    private static Ball Root(VectorPair pair, ExactNumber delta)
        => CurveRoot.Of((epsilon, accuracy) => DeltaAt(pair, epsilon, accuracy), Ball.Of(delta));

    // sin²(θ/2) = τ²/4 at the largest angle of the neighbourhood.
    private static bool ReachesFloor(long rank, ExactNumber sensitivity, ExactNumber delta)
    {
        ExactNumber half = sensitivity * sensitivity / 4;
        VectorAngle angle = new(Ball.Of(1 - 2 * half), Ball.Of(4 * half * (1 - half)), Ball.Of(half));
        return Refinement.Of(_ => ProductCurve.Floor(rank, angle)) > Ball.Of(delta);
    }

    private static VectorAngle Angle(ExactParameters parameters) => VectorAngle.Of(parameters.Real("angle"));

    private static VectorPair Pair(ExactParameters parameters)
        => new(parameters.Integer("rank"), parameters.Integer("dimension"), parameters.Real("normRatio"), parameters.Real("angle"));

    /// <summary>A pair of queries and the release, exactly.</summary>
    internal sealed record VectorPair(long Rank, long Dimension, ExactNumber NormRatio, ExactNumber Angle)
    {
        /// <summary>Whether θ = 0.</summary>
        public bool IsParallel => Angle.IsZero;

        /// <summary>The curve at θ = 0.</summary>
        public ScaleCurve Scale() => new(((Ball)(Rank + Dimension - 1)).TimesPowerOfTwo(-1), Ball.Of(NormRatio));

        /// <summary>The curve at other angles.</summary>
        public ProductCurve Curve() => new(Rank, Dimension, Ball.Of(NormRatio).Log(), VectorAngle.Of(Angle));
    }
}
