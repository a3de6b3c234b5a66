using LoraPrivacy.Production.Layers;
using LoraPrivacy.Reference.Numerics;
using TorchSharp;

namespace LoraPrivacy.Laboratory.Tests.Checking;

/// <summary>Claims that rest on draws hold for production's A, at a false alarm of at most 1e-9 a claim, and fail for a wrong law.</summary>
public sealed class MutatedLawTests : IDisposable
{
    private const int Rank = 4;
    private const double Alpha = 16;
    private const double Scale = Alpha / Rank;
    private const int Draws = 3000;
    private static readonly long[] Batch = [0, 1, 2, 3, 4, 5, 6, 7];
    private static readonly long[] Neighbour = [8, 1, 2, 3, 4, 5, 6, 7];

    private readonly RandomSource source = RandomSource.FromSeed(5);
    private readonly DigitsTask task;

    public MutatedLawTests()
    {
        task = new DigitsTask(torch.CPU, source);
    }

    public void Dispose() => task.Dispose();

    [Fact]
    [Trait("Statement", "S2")]
    [Trait("Statement", "S3")]
    [Trait("Statement", "S4")]
    [Trait("Statement", "S5")]
    [Trait("Statement", "S6")]
    [Trait("Statement", "S7")]
    [Trait("Speed", "Slow")]
    public void The_right_law_holds() => Assert.Empty(Failing(AInitialization.UnbiasedGaussian));

    [Fact]
    [Trait("Speed", "Slow")]
    public void Variance_one_over_the_square_of_the_rank_fails()
        => Assert.Superset(new HashSet<string?> { "S2", "S4", "S6", "S7" }, Failing(AInitialization.Gaussian(1 / (Scale * Scale * Rank * Rank))));

    [Fact]
    [Trait("Speed", "Slow")]
    public void Twice_the_variance_fails()
        => Assert.Superset(new HashSet<string?> { "S2", "S4", "S6", "S7" }, Failing(AInitialization.Gaussian(2 / (Scale * Scale * Rank))));

    [Fact]
    [Trait("Speed", "Slow")]
    public void The_kurtosis_of_signs_fails() => Assert.Contains("S7", Failing(AInitialization.Rademacher(1 / (Scale * Scale * Rank))));

    [Fact]
    [Trait("Speed", "Slow")]
    public void One_A_for_all_draws_fails() => Assert.Superset(new HashSet<string?> { "S6", "S7" }, Failing(AInitialization.UnbiasedGaussian, reuses: true));

    [Fact]
    [Trait("Statement", "S10")]
    [Trait("Statement", "S12")]
    [Trait("Speed", "Slow")]
    public void The_loss_of_the_right_law_holds_and_that_of_a_wrong_rank_fails()
    {
        Assert.All(Losses(1, 1), claim => Assert.True(claim.Holds, claim.Title));

        // Draws of rank 2 that are taken for draws of rank 1, and the other way round.
        Assert.Contains(Losses(2, 1), claim => !claim.Holds);
        Assert.Contains(Losses(1, 2), claim => !claim.Holds);
    }

    [Fact]
    [Trait("Statement", "S16")]
    [Trait("Speed", "Slow")]
    public void The_attack_needs_a_neighbour_that_differs()
    {
        using AdaptedModel model = Adapt(AInitialization.UnbiasedGaussian, Rank);
        using LayerStep step = new(model, task.Layer, Batch);
        using LayerStep neighbour = new(model, task.Layer, Neighbour);
        Func<long, RandomSequence> sequence = draw => source.Sequence("attack", draw);
        Assert.Equal(1, AttackTrials.OnMatrices(step, neighbour, 20, sequence).Area);
        Assert.Equal(0.5, AttackTrials.OnMatrices(step, step, 20, sequence).Area);
        Assert.Equal(0.5, AttackTrials.OnRow(step, neighbour, 0, 20, sequence).Area);
    }

    [Fact]
    [Trait("Statement", "S4")]
    [Trait("Speed", "Slow")]
    public void The_noise_of_real_steps_holds_and_that_of_a_wrong_variance_fails()
    {
        IEnumerable<Claim> Of(AInitialization initialization) => NoiseByRank.Claims(
            "digits", NoiseByRank.Measure(task, [16, 32], 100, (0, 8), source, initialization, _ => { }, CancellationToken.None), 100);
        Assert.All(Of(AInitialization.UnbiasedGaussian), claim => Assert.True(claim.Holds, claim.Title));
        Assert.Contains(Of(AInitialization.PeftGaussian), claim => !claim.Holds);
    }

    private HashSet<string?> Failing(AInitialization initialization, bool reuses = false)
    {
        using AdaptedModel model = Adapt(initialization, Rank);
        using LayerStep step = new(model, task.Layer, Batch);
        return [.. SketchLawClaims.Of("digits", Collect(step, reuses)).Where(claim => !claim.Holds).Select(claim => claim.Statement)];
    }

    /// <summary>The claims about losses of draws whose A has another number of rows than the claims are told.</summary>
    private List<Claim> Losses(int rank, int claimed)
    {
        using AdaptedModel model = Adapt(AInitialization.UnbiasedGaussian, rank);
        using LayerStep step = new(model, task.Layer, Batch);
        using LayerStep neighbour = new(model, task.Layer, Neighbour);
        SketchDraws draws = Collect(step, reuses: false).As(claimed);
        return [.. PrivacyLossClaims.Of("digits", draws, MatrixParts.Row(neighbour.Gradient, draws.RowIndex), 1)];
    }

    private SketchDraws Collect(LayerStep step, bool reuses)
        => SketchDraws.Collect(step, Draws, draw => source.Sequence("law", reuses ? 0 : draw), CancellationToken.None);

    private AdaptedModel Adapt(AInitialization initialization, int rank) => task.Adapt(
        new LoraConfiguration { Rank = rank, Alpha = Alpha, Initialization = initialization, Targets = task.Targets }, source, torch.ScalarType.Float64);
}
