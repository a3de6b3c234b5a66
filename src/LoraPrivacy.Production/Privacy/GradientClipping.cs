namespace LoraPrivacy.Production.Privacy;

/// <summary>Clipping of per-example gradients over all parameters jointly: g ↦ g·min(1, C/‖g‖).</summary>
/// <remarks>
/// Norms, factors and the sum of the clipped gradients are float64 whatever the gradients are, and the factor is short of C/‖g‖ by
/// 2^-40, far more than these roundings: no clipped norm exceeds C. A gradient whose norm is not a finite double counts as zero: it
/// must influence the release no more than others do, and to stop the training instead would tell of the example.
/// </remarks>
public static class GradientClipping
{
    /// <summary>What each gradient is multiplied with.</summary>
    /// <param name="gradients">Tensors of batch × …, all of the same batch: the parts of each example's gradient.</param>
    /// <param name="clippingNorm">C, positive and finite.</param>
    /// <returns>Float64 of the batch's length, in [0, 1]; 0 for a gradient whose norm is not finite, and for no other.</returns>
    public static Tensor Factors(IReadOnlyList<Tensor> gradients, double clippingNorm)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        if (!(clippingNorm > 0 && double.IsFinite(clippingNorm)))
        {
            throw new ArgumentOutOfRangeException(nameof(clippingNorm), clippingNorm, "clippingNorm must be positive and finite");
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor squares = zeros(gradients[0].shape[0], ScalarType.Float64, gradients[0].device);
        foreach (Tensor gradient in gradients)
        {
            using Tensor square = Rows(gradient).square();
            squares.add_(square.sum(dim: 1), HeldScalar.One);
        }

        // Without a norm the quotient is infinite, and 1 is taken; where the norm is not a number so is the quotient.
        Tensor factors = squares.sqrt_().reciprocal_().mul_(HeldScalar.Of(clippingNorm * (1 - Math.ScaleB(1, -40)))).clamp_max_(HeldScalar.Of(1.0));
        return factors.nan_to_num_(0, 0, 0).MoveToOuterDisposeScope();
    }

    /// <summary>Adds the sum of the gradients, each times its factor and rounded toward zero to a lattice, which no norm exceeds C by (S29).</summary>
    /// <param name="gradients">As in <see cref="Factors"/>.</param>
    /// <param name="factors">From <see cref="Factors"/>.</param>
    /// <param name="granularity">The step of the lattice, a power of two.</param>
    /// <param name="sum">Float64, flat, as long as one example's gradient, in steps; added to, part after part, exactly while sums stay below 2^53.</param>
    [Statement("S29")]
    public static void AddClipped(IReadOnlyList<Tensor> gradients, Tensor factors, double granularity, Tensor sum)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentNullException.ThrowIfNull(sum);
        using var frozen = no_grad();
        using var outer = NewDisposeScope();

        // Scaled by a power of two, which is exact.
        Tensor scaled = factors.mul(HeldScalar.Of(1 / granularity)).unsqueeze(1);

        // A product with ones adds up the rows several times faster than a sum does; whole numbers make it exact as well.
        Tensor one = ones_like(factors);
        long offset = 0;
        foreach (Tensor gradient in gradients)
        {
            using var scope = NewDisposeScope();
            Tensor rows = Rows(gradient);

            // A factor 0 does not remove what is not a number. Only a converted copy may be overwritten.
            rows = gradient.dtype == ScalarType.Float64 ? rows.nan_to_num(0, 0, 0) : rows.nan_to_num_(0, 0, 0);
            sum.narrow(0, offset, rows.shape[1]).add_(rows.mul_(scaled).trunc_().t().mv(one), HeldScalar.One);
            offset += rows.shape[1];
        }
    }

    private static Tensor Rows(Tensor gradient) => gradient.reshape(gradient.shape[0], -1).to(ScalarType.Float64);
}
