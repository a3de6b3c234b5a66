using LoraPrivacy.Reference.Privacy;

namespace LoraPrivacy.Reference.Releases;

/// <summary>
/// A norm floor by construction: a constant coordinate β is appended to the vector that is sketched, with one more
/// column of A, so that ‖q̃‖ ≥ β whatever the data (S23).
/// </summary>
/// <remarks>
/// A constant input feature is not enough: its column of the gradient is the mean back-propagated signal, which depends
/// on the data and may vanish. The constant belongs to the sketched vector itself.
/// </remarks>
[Statement("S23")]
public sealed class NormFloor
{
    /// <summary>The construction with a given constant.</summary>
    /// <param name="floor">β, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">β is not positive and finite.</exception>
    public NormFloor(double floor) => Floor = Argument.Positive(floor);

    /// <summary>β.</summary>
    public double Floor { get; }

    /// <summary>q̃ = (q, β).</summary>
    /// <param name="q">The query, finite.</param>
    /// <returns>A vector one longer, of norm at least β.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An entry is not finite.</exception>
    public double[] Append(ReadOnlySpan<double> q)
    {
        Argument.AllFinite(q, nameof(q));
        double[] extended = new double[q.Length + 1];
        q.CopyTo(extended);
        extended[^1] = Floor;
        return extended;
    }

    /// <summary>The largest angle between q̃ and q̃′ when ‖q − q′‖ ≤ Δ.</summary>
    /// <param name="sensitivity">Δ, positive and finite.</param>
    /// <returns>2 arctan(Δ/(2β)) in radians.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Δ is not positive and finite.</exception>
    public double LargestAngle(double sensitivity)
        => Neighbourhood.WithAppendedCoordinate.LargestAngle(Argument.Positive(sensitivity) / Floor);

    /// <summary>The guarantee: the worst case over the pairs that the construction can reach, in dimension m + 1.</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="dimension">m, the length of q before the coordinate is appended, in [1, 1048575].</param>
    /// <param name="sensitivity">Δ, positive and finite.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>The ε of one release with a fresh secret A, never above that of S14 at τ = Δ/β; +∞ where δ is not above
    /// δ_∞ at the largest angle. Not publishing the last coordinate of the release only helps.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public WorstCaseResult Guarantee(int rank, int dimension, double sensitivity, double delta)
    {
        Argument.Positive(sensitivity);
        if (dimension is < 1 or >= Argument.LargestSize)
        {
            throw Argument.OutOfRange(nameof(dimension), dimension, $"an integer in [1, {Argument.LargestSize - 1}]");
        }

        return new WorstCase(rank, dimension + 1, Neighbourhood.WithAppendedCoordinate).EpsilonAt(sensitivity / Floor, delta);
    }
}
