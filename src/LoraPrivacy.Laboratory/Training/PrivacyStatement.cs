using LoraPrivacy.CommandLine.Verdicts;

namespace LoraPrivacy.Laboratory.Training;

/// <summary>What may and what may not be said about the privacy of a training's result.</summary>
internal static class PrivacyStatement
{
    /// <summary>The statement, a sentence or two a line.</summary>
    /// <param name="request">What was run.</param>
    /// <param name="subject">On what.</param>
    /// <param name="mechanism">The mechanism, or null for plain training.</param>
    /// <param name="epsilon">ε of all steps, or null where there is none.</param>
    public static IReadOnlyList<string> Of(TrainingRequest request, TrainingSubject subject, DpSgdParameters? mechanism, double? epsilon)
    {
        List<string> lines = [];
        string released = request.Training.FreshA
            ? "the merged weights; no A of its own is in them (product release)"
            : "the adapter, B and " + (request.Adapters.TrainsA ? "the trained A" : "the frozen A") + " (checkpoint release)";
        lines.Add($"Released: {released}.");
        if (mechanism is null)
        {
            Verdict verdict = VerdictCatalogue.Of(request.Training.FreshA ? Release.Matrix : Release.Checkpoint, Neighbours.Any, request.Training.Steps == 1 ? Steps.One : Steps.EndOnly);
            lines.Add($"Private: {verdict.Short}. {verdict.Why} ({verdict.Cited})");
            lines.Add($"Needed for a guarantee: {verdict.Needed}");
            return lines;
        }

        string delta = Digits.Shortest(request.Training.Delta);
        string? shown = epsilon is double bound ? Digits.Up(bound, 4, 0) : null;
        lines.Add("Private: " + (request.Seed is not null ? VerdictCatalogue.SeedGiven : VerdictCatalogue.OfRun(shown, delta, DpSgdAccountant.Describe(mechanism), subject.Unit)));
        string size = subject.PublicSize is long count ? string.Create(CultureInfo.InvariantCulture, $" of {count} examples as declared") : "";
        lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Mechanism: {request.Training.Steps} steps, sampling rate {mechanism.SamplingRate:R}{size}, expected batch {mechanism.ExpectedBatchSize:R}, noise multiplier {mechanism.NoiseMultiplier:R}, clipping norm {mechanism.ClippingNorm:R} over all trained parameters."));
        NoiseLattice lattice = new(mechanism);
        lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Noise: {(mechanism.Sampler == NoiseSampler.Exact ? "discrete Gaussian, by integers alone (S30)" : "normal, drawn exactly and rounded (S29)")}, on a lattice of step 2^{Math.ILogB(lattice.Granularity)}; clipped gradients are rounded to it toward zero, so that the sensitivity stays {mechanism.ClippingNorm:R}."));
        lines.Add($"Unit of privacy: {subject.Unit}, {subject.ExampleDescription}. Equal units are each an example of their own, and lie on the same side of the split.");
        lines.Add($"Covered: the result and every step on the way to it, whatever {(request.Adapters.TrainsA ? "the A at the start is, as it" : "A is, as A")} does not depend on the data (S19).");
        lines.Add("Published: what is in this folder, by the mechanism or declared without a look at the data (S31). Private: losses, the number of examples, checkpoints, what was printed while training.");
        lines.Add("Not covered: that the training came to its end, settings chosen with the data, the data that the base model has seen, the time that steps take, gradients whose last bits depend on the other examples of a batch (S29).");
        if (request.Adapters.Dropout > 0)
        {
            lines.Add("Taken for ideal: the generator that draws which inputs are dropped.");
        }

        return lines;
    }
}
