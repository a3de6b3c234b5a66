namespace LoraPrivacy.Reference.Releases.Product;

/// <summary>
/// A set of neighbouring pairs up to scale and order, indexed by the relative sensitivity τ = Δ/β and nested in it: its
/// boundary is a curve of pairs (λ, θ), from the one of smallest angle to the one of largest.
/// </summary>
public abstract class Neighbourhood
{
    private Neighbourhood()
    {
    }

    /// <summary>‖q‖, ‖q′‖ ≥ β and ‖q − q′‖ ≤ Δ (S14): from pure scaling, λ = 1/(1 + τ), to pure rotation,
    /// θ = 2 arcsin(τ/2).</summary>
    public static Neighbourhood WithNormFloor { get; } = new NormFloorPairs();

    /// <summary>q̃ = (q, β), q̃′ = (q′, β) and ‖q − q′‖ ≤ Δ (S23): λ + 1/λ − 2 cos θ ≤ τ sin θ, up to rotation by
    /// θ = 2 arctan(τ/2). Smaller than the former. A constant input feature is not enough: the constant belongs to the sketched vector itself.</summary>
    [Statement("S23")]
    public static Neighbourhood WithAppendedCoordinate { get; } = new AppendedCoordinatePairs();

    /// <summary>The largest angle in the neighbourhood.</summary>
    /// <param name="relativeSensitivity">τ, positive and finite.</param>
    /// <returns>θ in radians, in (0, π].</returns>
    /// <exception cref="ArgumentOutOfRangeException">τ is not positive and finite.</exception>
    public abstract double LargestAngle(double relativeSensitivity);

    /// <summary>A pair on the boundary.</summary>
    /// <param name="relativeSensitivity">τ, positive, with a largest angle below π.</param>
    /// <param name="place">Where on the curve: 0 for the smallest angle, 1 for the largest.</param>
    internal abstract VectorPair Boundary(double relativeSensitivity, double place);

    private sealed class NormFloorPairs : Neighbourhood
    {
        public override double LargestAngle(double relativeSensitivity)
            => 2 * Math.Asin(Math.Min(1, Argument.Positive(relativeSensitivity) / 2));

        internal override VectorPair Boundary(double relativeSensitivity, double place)
        {
            if (place == 1)
            {
                return new VectorPair(1, LargestAngle(relativeSensitivity));
            }

            // q = e₁, q′ = e₁ + τ(cos φ, sin φ), up to where ‖q′‖ = 1 again.
            double phi = place * Math.Acos(-relativeSensitivity / 2);
            (double sine, double cosine) = Math.SinCos(phi);
            double norm = Math.Sqrt(1 + relativeSensitivity * (2 * cosine + relativeSensitivity));
            double angle = Math.Atan2(relativeSensitivity * sine, 1 + relativeSensitivity * cosine);
            return new VectorPair(Math.Min(1, 1 / norm), angle);
        }
    }

    private sealed class AppendedCoordinatePairs : Neighbourhood
    {
        public override double LargestAngle(double relativeSensitivity)
            => 2 * Math.Atan(Argument.Positive(relativeSensitivity) / 2);

        internal override VectorPair Boundary(double relativeSensitivity, double place)
        {
            double angle = place * LargestAngle(relativeSensitivity);
            if (place is 0 or 1)
            {
                return new VectorPair(1, angle);
            }

            // cosh log λ = cos θ + (τ/2) sin θ.
            double half = Math.Sin(angle / 2);
            double square = relativeSensitivity / 4 * Math.Sin(angle) - half * half;
            return new VectorPair(Math.Exp(-2 * Math.Asinh(Math.Sqrt(Math.Max(0, square)))), angle);
        }
    }
}
