namespace LoraPrivacy.Production.Privacy;

/// <summary>
/// The mechanism of one DP-SGD step (Abadi et al., 2016; S19): each example is in the batch independently with probability q, its
/// gradient is clipped to norm C, and the sum of the clipped gradients is released with Gaussian noise of standard deviation σC.
/// </summary>
/// <remarks>
/// Neighbouring data sets differ in one example added or removed. b, which divides the sum, is declared and never counted: a divisor that
/// followed the data would tell how many examples there are (S31).
/// </remarks>
/// <param name="NoiseMultiplier">σ, in [1e-6, 1e6].</param>
/// <param name="SamplingRate">q, in (0, 1].</param>
/// <param name="ClippingNorm">C, in [1e-30, 1e30].</param>
/// <param name="ExpectedBatchSize">b, the declared expected number of examples in a batch, in [1e-30, 1e30].</param>
/// <param name="Sampler">How the noise is drawn.</param>
[Statement("S19")]
public sealed record DpSgdParameters(double NoiseMultiplier, double SamplingRate, double ClippingNorm, double ExpectedBatchSize, NoiseSampler Sampler = NoiseSampler.Rounded)
{
    /// <summary>Checks every member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    public void Validate()
    {
        OptionRange.Check(NoiseMultiplier is >= 1e-6 and <= 1e6, nameof(NoiseMultiplier), NoiseMultiplier, "in [1e-6, 1e6]");
        OptionRange.Check(SamplingRate is > 0 and <= 1, nameof(SamplingRate), SamplingRate, "in (0, 1]");
        OptionRange.Check(ClippingNorm is >= 1e-30 and <= 1e30, nameof(ClippingNorm), ClippingNorm, "in [1e-30, 1e30]");
        OptionRange.Check(ExpectedBatchSize is >= 1e-30 and <= 1e30, nameof(ExpectedBatchSize), ExpectedBatchSize, "in [1e-30, 1e30]");
        OptionRange.Check(Enum.IsDefined(Sampler), nameof(Sampler), Sampler, "Rounded or Exact");
    }
}
