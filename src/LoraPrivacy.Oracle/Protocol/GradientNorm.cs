namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The Euclidean norm of a vector or matrix, without overflow or underflow on the way.</summary>
internal static class GradientNorm
{
    public static double Of(ReadOnlySpan<double> vector)
    {
        double largest = 0;
        foreach (double entry in vector)
        {
            largest = Math.Max(largest, Math.Abs(entry));
        }

        if (largest == 0)
        {
            return 0;
        }

        // Scaling by a power of two is exact.
        int exponent = Math.ILogB(largest);
        double sum = 0;
        foreach (double entry in vector)
        {
            double scaled = Math.ScaleB(entry, -exponent);
            sum += scaled * scaled;
        }

        return Math.ScaleB(Math.Sqrt(sum), exponent);
    }
}
