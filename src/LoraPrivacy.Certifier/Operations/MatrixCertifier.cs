namespace LoraPrivacy.Certifier.Operations;

/// <summary>The operations matrix/…: exact privacy of the product release of a matrix (S16).</summary>
internal static class MatrixCertifier
{
    /// <summary>The verdict, a word.</summary>
    public static ExpectedResult Verdict(ExactParameters parameters)
        => ExpectedResult.Word("verdict", Pair(parameters).Verdict());

    /// <summary>δ(ε): 0, 1, the curve of a scale family or that of a vector.</summary>
    public static ExpectedResult Delta(ExactParameters parameters)
    {
        MatrixPair pair = Pair(parameters);
        long rank = parameters.Integer("rank");
        Ball epsilon = Ball.Of(parameters.Real("epsilon"));
        return ExpectedResult.Value(pair.Verdict() switch
        {
            "identical" => Enclosure.Zero,
            "scaled" => Enclosure.Of(Refinement.Of(_ => Scaled(pair, rank).Delta(epsilon))),
            "vector" => Enclosure.Of(Refinement.OfIntegral((accuracy, tolerance) => Vector(pair, rank).Delta(epsilon, accuracy, tolerance))),
            _ => Enclosure.One,
        });
    }

    // N = p(r + m − p) with p = min(r, rank G), and λ = 1/c.
    private static ScaleCurve Scaled(MatrixPair pair, long rank)
    {
        long p = Math.Min(rank, pair.GradientRank());
        return new ScaleCurve(((Ball)(p * (rank + pair.Columns - p))).TimesPowerOfTwo(-1), Ball.Of(1 / pair.Factor()!.Value));
    }

    private static ProductCurve Vector(MatrixPair pair, long rank)
    {
        (ExactNumber[] first, ExactNumber[] second) = pair.Rows();
        Ball logRatio = Ball.Of(pair.SquaredRatio()).Log().TimesPowerOfTwo(-1);
        return new ProductCurve(rank, pair.Columns, logRatio, VectorAngle.Between(first, second));
    }

    private static MatrixPair Pair(ExactParameters parameters) => new(parameters.Matrix("gradient"), parameters.Matrix("neighbour"));
}
