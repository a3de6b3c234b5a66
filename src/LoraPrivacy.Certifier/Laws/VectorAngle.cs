namespace LoraPrivacy.Certifier.Laws;

/// <summary>The functions of the angle θ between two queries that S11 needs, each without cancellation.</summary>
/// <param name="Cosine">cos θ.</param>
/// <param name="SineSquared">sin²θ.</param>
/// <param name="HalfSineSquared">sin²(θ/2).</param>
internal sealed record VectorAngle(Ball Cosine, Ball SineSquared, Ball HalfSineSquared)
{
    /// <summary>Whether θ is exactly 0.</summary>
    public bool IsZero => HalfSineSquared.IsZero;

    /// <summary>Whether θ is exactly π.</summary>
    public bool IsOpposite => SineSquared.IsZero && !IsZero;

    public static VectorAngle Of(ExactNumber radians)
    {
        Ball angle = Ball.Of(radians);
        return new VectorAngle(angle.Cos(), angle.Sin().Square(), angle.TimesPowerOfTwo(-1).Sin().Square());
    }

    /// <summary>The angle of two vectors other than 0.</summary>
    public static VectorAngle Between(ExactNumber[] first, ExactNumber[] second)
    {
        ExactNumber inner = Product(first, second);
        ExactNumber squares = Product(first, first) * Product(second, second);
        ExactNumber determinant = squares - inner * inner;
        Ball norms = Ball.Of(squares).Sqrt();

        // 2 sin²(θ/2) = 1 − cos θ = (determinant/squares)/(1 + cos θ), without cancellation for an acute angle.
        Ball cosine = Ball.Of(inner) / norms;
        Ball sineSquared = Ball.Of(determinant / squares);
        Ball half = determinant.IsZero ? (inner.Sign > 0 ? 0 : 1)
            : inner.Sign > 0 ? (sineSquared / (1 + cosine)).TimesPowerOfTwo(-1)
            : (1 - cosine).TimesPowerOfTwo(-1);
        return new VectorAngle(cosine, sineSquared, half);
    }

    private static ExactNumber Product(ExactNumber[] first, ExactNumber[] second)
        => first.Zip(second, (x, y) => x * y).Aggregate((ExactNumber)0, (sum, term) => sum + term);
}
