namespace LoraPrivacy.Reference.Releases.Product;

/// <summary>
/// Two neighbouring queries q, q′ as far as the vector mechanism can tell them apart: their norm ratio and angle
/// (S10: everything else cancels).
/// </summary>
public readonly record struct VectorPair
{
    /// <summary>A pair with the given invariants.</summary>
    /// <param name="normRatio">λ = ‖q‖/‖q′‖, positive and finite.</param>
    /// <param name="angle">θ, the angle between q and q′ in radians, in [0, π].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public VectorPair(double normRatio, double angle)
    {
        NormRatio = Argument.Positive(normRatio);
        Angle = Argument.InRange(angle, 0, Math.PI);
    }

    /// <summary>λ = ‖q‖/‖q′‖.</summary>
    public double NormRatio { get; }

    /// <summary>θ in radians, in [0, π].</summary>
    public double Angle { get; }

    /// <summary>The pair (q′, q): the other direction.</summary>
    /// <returns>(1/λ, θ). A method, since a record prints its properties.</returns>
    public VectorPair Reverse() => new(1 / NormRatio, Angle);

    /// <summary>The invariants of two vectors.</summary>
    /// <param name="q">A vector with at least one non-zero entry.</param>
    /// <param name="qPrime">Another of the same length.</param>
    /// <returns>λ and θ, each to a few units in the last place (θ too when it is tiny).</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a vector is zero or not finite.</exception>
    /// <remarks>θ = 2 atan2(‖p − p′‖, ‖p + p′‖) for the unit vectors p, p′ (Kahan), which does not cancel at small angles.</remarks>
    public static VectorPair Between(ReadOnlySpan<double> q, ReadOnlySpan<double> qPrime)
    {
        Argument.SameLength(qPrime.Length, q.Length, nameof(qPrime));
        double norm = Norm(q, nameof(q));
        double normPrime = Norm(qPrime, nameof(qPrime));
        double difference = 0;
        double sum = 0;
        bool proportional = true;
        for (int i = 0; i < q.Length; i++)
        {
            double p = q[i] / norm;
            double pPrime = qPrime[i] / normPrime;
            difference += (p - pPrime) * (p - pPrime);
            sum += (p + pPrime) * (p + pPrime);
            proportional &= q[i] == qPrime[i];
        }

        double angle = proportional ? 0 : 2 * Math.Atan2(Math.Sqrt(difference), Math.Sqrt(sum));
        return new VectorPair(norm / normPrime, Math.Min(angle, Math.PI));
    }

    private static double Norm(ReadOnlySpan<double> values, string name)
    {
        Argument.AllFinite(values, name);
        double norm = EuclideanNorm.Of(values);
        return norm > 0 ? norm : throw new ArgumentException($"{name} must have a non-zero entry, but is zero", name);
    }
}
