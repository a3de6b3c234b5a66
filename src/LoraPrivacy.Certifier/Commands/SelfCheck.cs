namespace LoraPrivacy.Certifier.Commands;

/// <summary>Holds enclosures by integration against closed forms, where both exist: two ways to one number must overlap.</summary>
internal static class SelfCheck
{
    /// <summary>The numbers that are enclosed in two ways, by name.</summary>
    private static IEnumerable<(string Name, Func<Ball> First, Func<Ball> Second)> Pairs()
    {
        foreach ((long rank, ExactNumber eigenvalue) in ((long, ExactNumber)[])[(1, new(1, 2)), (8, new(3, 2)), (64, new(3, 4))])
        {
            FactorCurve curve = new(rank, [eigenvalue]);
            Ball epsilon = Ball.Of(0.125);
            yield return ($"factor release, rank {rank}, eigenvalue {eigenvalue}", () => curve.Delta(epsilon), () => curve.Inverted(epsilon));
        }

        foreach ((long rank, ExactNumber entry, double x) in ((long, ExactNumber, double)[])[(2, 0, 0.25), (8, new(1, 4), 0.5), (64, new(-1, 2), 0.125)])
        {
            VarianceGammaLaw law = new(entry, 1, rank);
            yield return (
                $"tail of an entry, rank {rank}, at {x:R}",
                () => law.UpperTail(Ball.Of(x)),
                () => Refinement.Of(_ => law.UpperTailOfEvenRank(Ball.Of(x))));
        }
    }

    /// <summary>The names of what does not overlap.</summary>
    public static IReadOnlyList<string> Failures() => [.. Pairs().Where(pair => !pair.First().Overlaps(pair.Second())).Select(pair => pair.Name)];
}
