using System.Runtime.InteropServices;

namespace LoraPrivacy.Oracle.Input;

/// <summary>The Euclidean norm of a vector or matrix, without overflow or underflow on the way.</summary>
internal static class GradientNorm
{
    /// <summary>The norm of a matrix (Frobenius).</summary>
    public static double Of(double[,] matrix) => Of(MemoryMarshal.CreateReadOnlySpan(ref matrix[0, 0], matrix.Length));

    /// <summary>The norm of a vector.</summary>
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
