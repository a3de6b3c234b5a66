namespace LoraPrivacy.Oracle.Conformance.Sampling;

/// <summary>A gradient and a rank to draw for.</summary>
/// <param name="Id">The test's id.</param>
/// <param name="Rank">r.</param>
/// <param name="Gradient">q, not 0.</param>
/// <param name="Comment">What the case is about.</param>
internal sealed record SamplingCase(int Id, int Rank, double[] Gradient, string Comment)
{
    /// <summary>The cases. Their ids are never changed: 90001 to 90999 are set aside for them.</summary>
    public static IReadOnlyList<SamplingCase> All { get; } =
    [
        new(90001, 1, [0.5, -1, 2, 0.25], "rank 1"),
        new(90002, 2, [0.5, -1, 2, 0.25], "rank 2"),
        new(90003, 4, [0.5, -1, 2, 0.25], "rank 4"),
        new(90004, 8, [0.5, -1, 2, 0.25], "rank 8"),
        new(90005, 16, [0.5, -1, 2, 0.25], "rank 16"),
        new(90006, 3, [1, 0, 0, 0, 0], "one entry alone, where the kurtosis of A shows most"),
        new(90007, 5, [1, 1, 1, 1, 1, 1, 1, 1], "equal entries, rank below the dimension"),
        new(90008, 32, [3, 4], "rank far above the dimension"),
        new(90009, 4, [-2], "a single entry"),
        new(90010, 4, [1e-6, -3e-6, 2e-6], "a small gradient"),
    ];
}
