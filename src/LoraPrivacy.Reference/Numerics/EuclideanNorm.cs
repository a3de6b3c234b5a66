using System.Runtime.InteropServices;

namespace LoraPrivacy.Reference.Numerics;

/// <summary>The Euclidean norm without overflow or underflow of the squares.</summary>
public static class EuclideanNorm
{
    /// <summary>√(Σ vᵢ²).</summary>
    /// <param name="vector">The vector, finite.</param>
    /// <returns>The norm, to a relative error of about one unit in the last place; +∞ only where it exceeds the doubles.</returns>
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

    /// <summary>The Frobenius norm of a matrix.</summary>
    /// <param name="matrix">The matrix, finite.</param>
    /// <returns>The norm, as for a vector; 0 for a matrix without entries.</returns>
    /// <exception cref="ArgumentNullException">matrix is null.</exception>
    public static double Of(double[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return matrix.Length == 0 ? 0 : Of(MemoryMarshal.CreateReadOnlySpan(ref matrix[0, 0], matrix.Length));
    }
}
