namespace LoraPrivacy.Reference.Numerics;

/// <summary>The Euclidean norm without overflow or underflow of the squares.</summary>
internal static class EuclideanNorm
{
    /// <summary>√(Σ vᵢ²) to a relative error of about one unit in the last place.</summary>
    public static double Of(ReadOnlySpan<double> vector)
    {
        double largest = 0;
        foreach (double element in vector)
        {
            largest = Math.Max(largest, Math.Abs(element));
        }

        if (largest == 0)
        {
            return 0;
        }

        // A power of two scales without rounding; ScaleB keeps it exact for subnormal vectors as well.
        int exponent = Math.ILogB(largest);
        CompensatedSum sum = default;
        foreach (double element in vector)
        {
            double scaled = Math.ScaleB(element, -exponent);
            sum.AddProduct(scaled, scaled);
        }

        return Math.ScaleB(Math.Sqrt(sum.Value), exponent);
    }
}
