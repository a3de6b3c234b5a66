using LoraPrivacy.Reference.Releases.Projection;

namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>
/// Each initialisation of production draws entries with the variance and the law of its counterpart in the reference. False alarm: 1e-9 a
/// check, by <see cref="DvoretzkyKieferWolfowitz"/> for the distribution function (for a discrete law too, where it is conservative) and
/// by Hoeffding's inequality for a mean of bounded values.
/// </summary>
[Trait("Statement", "S1")]
[Trait("Statement", "S4")]
public sealed class InitializationTests
{
    private const int Rank = 4;
    private const int Inputs = 9;
    private const double Scale = 0.5;
    private const int Matrices = 600;

    public static TheoryData<string> Names => [.. InitializationPair.All.Select(pair => pair.Production.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Entries_have_the_law_of_the_reference(string name)
    {
        (AInitialization production, Initialization reference) = Pair(name);
        Assert.False(Rejects(production, reference));
    }

    [Theory, MemberData(nameof(Names))]
    public void Names_and_moments_are_those_of_the_reference(string name)
    {
        (AInitialization production, Initialization reference) = Pair(name);
        // The reference spells out the variance that makes the step unbiased.
        Assert.Equal(production == AInitialization.UnbiasedGaussian ? "gaussian(1)" : production.Name, reference.Name);
        double variance = reference.EntryVariance(Rank, Inputs);
        double[] draws = Entries(production);
        double largest = Largest(reference, variance);
        if (double.IsFinite(largest))
        {
            double[] squares = [.. draws.Select(a => a * a / variance)];
            // Orthonormal rows have dependent entries, but the squares of a row add up to a constant: the mean is 1 always.
            Assert.False(DvoretzkyKieferWolfowitz.RejectsMean(squares, 1, 0, largest));
            Assert.True(DvoretzkyKieferWolfowitz.RejectsMean(squares, 1.0 / Rank, 0, largest));
            if (reference.HasIndependentEntries)
            {
                double[] fourths = [.. squares.Select(square => square * square)];
                Assert.False(DvoretzkyKieferWolfowitz.RejectsMean(fourths, reference.Kurtosis, 0, largest * largest));
                // Of its own range, the kurtosis of another initialisation is out of reach.
                Assert.True(DvoretzkyKieferWolfowitz.RejectsMean(
                    fourths, reference.Kurtosis == 3 ? 1.8 : 3, 0, largest * largest));
            }
        }
        else
        {
            // For normal entries the law of a² has variance and kurtosis in it, and no others.
            double[] chiSquare = [.. draws.Select(a => IncompleteGamma.RegularizedP(0.5, a * a / variance / 2))];
            Assert.False(DvoretzkyKieferWolfowitz.Rejects(chiSquare));
            Assert.True(DvoretzkyKieferWolfowitz.Rejects(draws.Select(a => IncompleteGamma.RegularizedP(0.5, a * a / (variance / Rank) / 2))));
        }
    }

    [Fact]
    public void A_variance_of_one_over_r_squared_is_rejected()
        => Assert.True(Rejects(AInitialization.PeftGaussian, Initialization.Unbiased(Rank)));

    [Fact]
    public void Entries_of_another_kurtosis_are_rejected()
    {
        Assert.True(Rejects(AInitialization.Rademacher(0.3), Initialization.Gaussian(0.3)));
        Assert.True(Rejects(AInitialization.Gaussian(0.7), Initialization.Rademacher(0.7)));
        Assert.True(Rejects(AInitialization.Rademacher(0.4), Initialization.Sparse(0.4)));
        Assert.True(Rejects(AInitialization.Gaussian(1 / 27.0), Initialization.KaimingUniform));
    }

    [Fact]
    public void Orthonormal_rows_are_orthonormal_and_a_layer_holds_what_was_drawn()
    {
        using RandomSequence sequence = RandomSource.FromSeed(3).Sequence("A");
        using Tensor a = AInitialization.Orthonormal(2).Sample(Rank, Inputs, 1, sequence);
        using Tensor gram = a.matmul(a.t()) - eye(Rank, dtype: ScalarType.Float64).mul(4);
        Assert.InRange(gram.abs().max().ToDouble(), 0, 1e-14);
        foreach (InitializationPair pair in InitializationPair.All)
        {
            RandomSource source = RandomSource.FromSeed(9);
            using LoraLinear layer = new(
                nn.Linear(Inputs, 3, dtype: ScalarType.Float64), "fc",
                new LoraConfiguration { Targets = TargetModules.Named("fc"), Rank = Rank, Initialization = pair.Production }, source);
            using RandomSequence again = source.Sequence("A fc");
            using Tensor drawn = pair.Production.Sample(Rank, Inputs, layer.Scale, again);
            Assert.Equal(drawn.ToMatrix(), layer.A.ToMatrix());
        }
    }

    [Fact]
    [Trait("Statement", "S17")]
    public void A_redraw_is_another_draw_than_the_first_and_leaves_the_function_as_it_was()
    {
        TrainingCase problem = new(
            8, BaseKind.Perceptron, [5, 6, 3], [2, 3], [1, 2], 4, Reference.Models.Activation.Tanh, Reference.Models.LossFunction.SquaredError,
            InitializationPair.All[2], RankStabilized: false, TrainsA: false, AdapterSize: 1);
        using TrainingPair pair = TrainingPair.Create(problem, ScalarType.Float64);
        RandomSource source = RandomSource.FromSeed(problem.Seed);
        double[,] before = pair.ReferenceStep().Prediction, first = pair.Layers[0].A.ToMatrix();
        Assert.Throws<ArgumentOutOfRangeException>("number", () => pair.Adapters!.MergeAndRedraw(source, 0));
        pair.Adapters!.MergeAndRedraw(source, 1);
        Assert.Empty(first.Cast<double>().Intersect(pair.Layers[0].A.ToMatrix().Cast<double>()));
        Assert.All(pair.Layers, layer => Assert.All(layer.B.ToVector(), value => Assert.Equal(0, value)));
        Assert.InRange(MatrixConversion.RelativeError(before, pair.Model.call(pair.Inputs).ToMatrix()), 0, 1e-14);
    }

    private static (AInitialization Production, Initialization Reference) Pair(string name)
    {
        InitializationPair pair = InitializationPair.All.Single(candidate => candidate.Production.Name == name);
        return (pair.Production, pair.Reference(Rank, Scale));
    }

    private static bool Rejects(AInitialization production, Initialization reference)
    {
        double[] draws = Entries(production);
        // Only an orthonormal matrix has dependent entries: one of each matrix is independent.
        double[] independent = production.Name.StartsWith("orthonormal", StringComparison.Ordinal)
            ? [.. draws.Where((_, i) => i % (Rank * Inputs) == 0)] : draws;
        double deviation = Math.Sqrt(reference.EntryVariance(Rank, Inputs));
        return reference switch
        {
            KaimingUniformInitialization => RejectsContinuous(z => Math.Clamp((z / (2 * Math.Sqrt(3))) + 0.5, 0, 1)),
            RademacherInitialization => RejectsAtoms((-1, 0.5), (1, 0.5)),
            SparseInitialization => RejectsAtoms((-Math.Sqrt(3), 1 / 6.0), (0, 4 / 6.0), (Math.Sqrt(3), 1 / 6.0)),
            OrthonormalInitialization => RejectsContinuous(SphereCoordinate),
            _ => RejectsContinuous(NormalDistribution.Cdf),
        };

        bool RejectsContinuous(Func<double, double> cdf)
            => DvoretzkyKieferWolfowitz.Rejects(independent.Select(draw => cdf(draw / deviation)));

        bool RejectsAtoms(params (double Value, double Probability)[] atoms) => atoms.Any(atom => DvoretzkyKieferWolfowitz.RejectsMean(
            [.. independent.Select(draw => Math.Abs((draw / deviation) - atom.Value) < 1e-12 ? 1.0 : 0)],
            atom.Probability, 0, 1)) || independent.Any(draw => atoms.All(atom => Math.Abs((draw / deviation) - atom.Value) > 1e-12));
    }

    // z/√m is a coordinate of a uniform point of the sphere: its square is the share of a projection of rank 1 (S25).
    private static double SphereCoordinate(double z)
    {
        double share = new ProjectionLaw(1, Inputs).ShareCumulativeDistribution(Math.Min(1, z * z / Inputs));
        return 0.5 + (Math.Sign(z) * share / 2);
    }

    // a²/variance never exceeds this.
    private static double Largest(Initialization reference, double variance) => reference switch
    {
        KaimingUniformInitialization or SparseInitialization => 3,
        RademacherInitialization => 1,
        OrthonormalInitialization orthonormal => orthonormal.Factor * orthonormal.Factor / variance,
        _ => double.PositiveInfinity,
    };

    private static double[] Entries(AInitialization production)
    {
        RandomSource source = RandomSource.FromSeed(1701);
        return [.. Enumerable.Range(0, Matrices).SelectMany(number =>
        {
            using RandomSequence sequence = source.Sequence("A", number);
            using Tensor a = production.Sample(Rank, Inputs, Scale, sequence);
            return a.ToVector();
        })];
    }
}
