namespace LoraPrivacy.Reference.Tests.Privacy;

public class WorstCaseTests
{
    [Property(Arbitrary = [typeof(ProductReleaseArbitrary)], MaxTest = 30)]
    [Trait("Statement", "S14")]
    [Trait("Speed", "Slow")]
    public void No_sampled_neighbour_exceeds_the_worst_case(ProductRelease release, int seed)
    {
        Random random = new(seed);
        double tau = Math.Exp(-7 + 6 * random.NextDouble());
        const double delta = 1e-6;
        WorstCaseResult worst = new WorstCase(release.Rank, release.Dimension).Epsilon(tau, delta);
        if (double.IsInfinity(worst.Epsilon))
        {
            Assert.True(new WorstCase(release.Rank, release.Dimension).DeltaFloor(tau) >= delta);
            return;
        }

        for (int i = 0; i < 100; i++)
        {
            double[] q = [1 + random.NextDouble() * (i % 2), 0];
            double radius = tau * Math.Sqrt(random.NextDouble());
            double phi = Math.PI * random.NextDouble();
            double[] qPrime = [q[0] + radius * Math.Cos(phi), radius * Math.Sin(phi)];
            if (qPrime[0] * qPrime[0] + qPrime[1] * qPrime[1] < 1)
            {
                continue;
            }

            VectorPair pair = VectorPair.Between(q, qPrime);
            double found = Math.Max(release.Delta(pair, worst.Epsilon), release.Delta(pair.Reverse(), worst.Epsilon));
            Assert.True(found <= delta * (1 + 1e-7), $"{pair} δ {found:R} at ε {worst}");
        }
    }

    [Property(Arbitrary = [typeof(ProductReleaseArbitrary)], MaxTest = 30)]
    [Trait("Statement", "S14")]
    [Trait("Speed", "Slow")]
    public void The_pair_returned_attains_the_epsilon_returned(ProductRelease release, int seed)
    {
        double tau = Math.Exp(-7 + 6 * new Random(seed).NextDouble());
        WorstCaseResult worst = new WorstCase(release.Rank, release.Dimension).Epsilon(tau, 1e-6);
        VectorPair pair = new(worst.NormRatio, worst.Angle);
        pair = worst.Direction == Direction.Forward ? pair : pair.Reverse();
        double own = release.Epsilon(pair, 1e-6);
        Assert.True(own == worst.Epsilon || Math.Abs(own - worst.Epsilon) <= 1e-8 * worst.Epsilon, $"{own:R} {worst}");
        Assert.True(worst.NormRatio <= 1);

        // The pair is a neighbouring one: q = e₁, ‖q′‖ = 1/λ.
        double normPrime = 1 / worst.NormRatio;
        double distance = Math.Sqrt(1 + normPrime * normPrime - 2 * normPrime * Math.Cos(worst.Angle));
        Assert.True(distance <= tau * (1 + 1e-9) + 1e-15);
    }

    [Fact]
    [Trait("Statement", "S14")]
    public void Without_a_floor_worth_the_name_there_is_no_privacy()
    {
        WorstCase worst = new(16, 768);
        Assert.Equal(double.PositiveInfinity, worst.Epsilon(2, 0.999).Epsilon);
        Assert.Equal(double.PositiveInfinity, worst.Epsilon(1e6, 0.999).Epsilon);
        Assert.Equal(1, worst.Delta(2, 5));
    }

    [Fact]
    [Trait("Statement", "S14")]
    public void Sensitivity_is_twice_as_large_for_replacement()
    {
        Assert.Equal(0.02, Sensitivity.Absolute(NeighbouringRelation.ReplaceOne, 1, 100));
        Assert.Equal(0.01, Sensitivity.Absolute(NeighbouringRelation.AddRemove, 1, 100));
        Assert.Equal(0.2, Sensitivity.Relative(NeighbouringRelation.ReplaceOne, 1, 100, 0.1), 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>("batch", () => Sensitivity.Absolute(NeighbouringRelation.AddRemove, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("clip", () => Sensitivity.Absolute(NeighbouringRelation.AddRemove, 0, 1));
    }

    [Fact]
    [Trait("Statement", "S15")]
    [Trait("Speed", "Slow")]
    public void The_best_rank_beats_its_neighbours_and_the_ends()
    {
        (int rank, WorstCaseResult best) = PrivacyPlanning.BestRank(64, 0.02, 1e-5, 256);
        Assert.InRange(rank, 2, 255);
        foreach (int other in (int[])[1, 2, rank - 2, rank - 1, rank + 1, rank + 2, 2 * rank, 256])
        {
            Assert.True(new WorstCase(other, 64).Epsilon(0.02, 1e-5).Epsilon >= best.Epsilon * (1 - 1e-9));
        }
    }

    [Theory]
    [InlineData(4, 0.02)]
    [InlineData(16, 0.1)]
    [InlineData(64, 0.3)]
    [Trait("Statement", "S15")]
    [Trait("Speed", "Slow")]
    public void The_best_rank_is_the_best_of_all_ranks(int dimension, double tau)
    {
        const int largest = 64;
        (int rank, WorstCaseResult best) = PrivacyPlanning.BestRank(dimension, tau, 1e-4, largest);
        double[] all = [.. Enumerable.Range(1, largest).Select(r => new WorstCase(r, dimension).Epsilon(tau, 1e-4).Epsilon)];
        Assert.Equal(all.Min(), best.Epsilon, 1e-9 * best.Epsilon);
        Assert.Equal(all[rank - 1], best.Epsilon);

        // What the search relies on (S15, tested): ε falls, then rises.
        for (int r = 2; r < largest; r++)
        {
            Assert.True(r < rank ? all[r] <= all[r - 1] : all[r] >= all[r - 1] * (1 - 1e-9), $"rank {r + 1}: {all[r]:R} after {all[r - 1]:R}");
        }
    }

    [Theory]
    [InlineData(NeighbouringRelation.ReplaceOne)]
    [InlineData(NeighbouringRelation.AddRemove)]
    [Trait("Statement", "S14")]
    [Trait("Speed", "Slow")]
    public void The_smallest_batch_suffices_and_one_less_does_not(NeighbouringRelation relation)
    {
        long batch = PrivacyPlanning.SmallestBatch(16, 64, 1, 1e-5, 1, 0.5, relation);
        WorstCase worst = new(16, 64);
        Assert.True(worst.Epsilon(Sensitivity.Relative(relation, 1, batch, 0.5), 1e-5).Epsilon <= 1);
        Assert.True(worst.Epsilon(Sensitivity.Relative(relation, 1, batch - 1, 0.5), 1e-5).Epsilon > 1);
    }

    [Fact]
    [Trait("Statement", "S23")]
    [Trait("Speed", "Slow")]
    public void A_norm_floor_bounds_norm_and_angle_and_its_guarantee_covers_what_it_can_reach()
    {
        const double sensitivity = 0.05;
        WorstCaseResult guarantee = new WorstCase(16, 32, Neighbourhood.WithAppendedCoordinate).Epsilon(sensitivity, 1e-6);
        ProductRelease release = new(16, 32);
        Random random = new(1);
        for (int i = 0; i < 200; i++)
        {
            double[] q = [.. Enumerable.Range(0, 31).Select(_ => random.NextDouble() - 0.5)];
            double[] direction = [.. Enumerable.Range(0, 31).Select(_ => random.NextDouble() - 0.5)];
            double scale = sensitivity / Math.Sqrt(direction.Sum(x => x * x));
            double[] shrunk = [.. q.Select(x => x * (i % 3) * 0.1)];
            VectorPair pair = VectorPair.Between([.. shrunk, 1], [.. shrunk.Zip(direction, (x, d) => x + scale * d), 1]);
            Assert.True(pair.Angle <= Neighbourhood.WithAppendedCoordinate.LargestAngle(sensitivity) * (1 + 1e-12));
            Assert.True(release.BothDirections(pair).Epsilon(1e-6).Upper <= guarantee.Epsilon * (1 + 1e-9));
        }
    }

    [Property(MaxTest = 20)]
    [Trait("Statement", "S23")]
    [Trait("Speed", "Slow")]
    public void An_appended_coordinate_is_never_worse_than_a_norm_floor(int seed)
    {
        Random random = new(seed);
        int rank = random.Next(4, 64);
        double tau = Math.Exp(-5 + 4 * random.NextDouble());
        double appended = new WorstCase(rank, 64, Neighbourhood.WithAppendedCoordinate).Epsilon(tau, 1e-4).Epsilon;
        Assert.True(appended <= new WorstCase(rank, 64).Epsilon(tau, 1e-4).Epsilon * (1 + 1e-9));
    }

    [Fact]
    [Trait("Statement", "S23")]
    public void An_appended_coordinate_bounds_delta_for_every_sensitivity()
    {
        WorstCase worst = new(4, 101, Neighbourhood.WithAppendedCoordinate);
        Assert.Equal(0.527, worst.Delta(0.5, 1), 5e-4);
        Assert.Equal(0.780, new WorstCase(4, 101).Delta(0.5, 1), 5e-4);
        Assert.InRange(worst.Delta(5, 1), 0.9, 1 - 1e-9);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(1.9)]
    [Trait("Statement", "S14")]
    [Trait("Statement", "S23")]
    public void The_boundary_of_a_neighbourhood_satisfies_its_equation_up_to_its_ends(double tau)
    {
        for (int i = 0; i <= 1000; i++)
        {
            // ‖q′ − e₁‖ = τ with ‖q′‖ = 1/λ ≥ 1.
            VectorPair floor = Neighbourhood.WithNormFloor.Boundary(tau, i / 1000.0);
            double norm = 1 / floor.NormRatio;
            double distance = Math.Sqrt((norm - 1) * (norm - 1) + 4 * norm * Math.Pow(Math.Sin(floor.Angle / 2), 2));
            Assert.Equal(tau, distance, 1e-12);
            Assert.True(norm >= 1);

            // λ + 1/λ − 2 cos θ = τ sin θ.
            VectorPair appended = Neighbourhood.WithAppendedCoordinate.Boundary(tau, i / 1000.0);
            double ratio = appended.NormRatio;
            double left = (1 - ratio) * (1 - ratio) / ratio + 4 * Math.Pow(Math.Sin(appended.Angle / 2), 2);
            Assert.Equal(tau * Math.Sin(appended.Angle), left, 1e-12);
        }

        Assert.Equal(0, Neighbourhood.WithNormFloor.Boundary(tau, 0).Angle);
        Assert.Equal(1 / (1 + tau), Neighbourhood.WithNormFloor.Boundary(tau, 0).NormRatio, 1e-15);
        Assert.Equal(2 * Math.Asin(tau / 2), Neighbourhood.WithNormFloor.Boundary(tau, 1 - 1e-9).Angle, 1e-6);
        Assert.Equal(2 * Math.Atan(tau / 2), Neighbourhood.WithAppendedCoordinate.Boundary(tau, 1).Angle, 1e-15);
    }
}
