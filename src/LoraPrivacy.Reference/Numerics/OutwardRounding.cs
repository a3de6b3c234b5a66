namespace LoraPrivacy.Reference.Numerics;

/// <summary>
/// Rounding towards larger, for upper bounds. Taken for granted: the framework's Log, Exp and Sqrt err by at most two units in the
/// last place, so that a sum of a few such terms errs by far less than 2^−49 of the sum of their magnitudes.
/// </summary>
internal static class OutwardRounding
{
    /// <summary>2^−49, sixteen times the largest error of one rounding.</summary>
    public const double Unit = 1.0 / (1L << 49);

    /// <summary>A value at least as large as the exact one of a result and of the magnitudes that went into it.</summary>
    public static double Up(double value, double magnitude) => value + Unit * magnitude;

    /// <summary>The same for a positive result of products and quotients only; never 0.</summary>
    public static double Up(double positive) => Math.Max(double.Epsilon, positive * (1 + Unit));
}
