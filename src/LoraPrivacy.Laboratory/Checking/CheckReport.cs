namespace LoraPrivacy.Laboratory.Checking;

/// <summary>Everything that a check found.</summary>
internal sealed record CheckReport(
    CheckSettings Settings, string Libtorch, string Device, IReadOnlyList<Section> Sections, IReadOnlyDictionary<string, NoisePoint[]> Noise)
{
    /// <summary>What the claims do and do not show.</summary>
    public static IReadOnlyList<string> Scope { get; } =
    [
        "What this shows: on this machine, the production path computes what the specification says, and its randomness has the laws that the "
            + "reference computes. Each verdict that rests on draws condemns a right path with probability at most 1e-9.",
        "What it does not show: it is no certificate of privacy. S16–S18 and S25 are checked as attacks that succeed. What is private, "
            + "for which neighbours and steps, is in lora-oracle bounds --table verdicts.",
    ];

    public IEnumerable<Claim> Claims => Sections.SelectMany(section => section.Claims);

    public IReadOnlyList<Claim> Failures => [.. Claims.Where(claim => !claim.Holds)];

    /// <summary>How many claims hold and how many fail.</summary>
    public string Summary => $"{Claims.Count(claim => claim.Holds)} claims hold, {Failures.Count} fail.";
}

/// <summary>The claims about one subject.</summary>
/// <param name="Name">The subject.</param>
/// <param name="Claims">The claims, in the order in which they were checked.</param>
internal sealed record Section(string Name, IReadOnlyList<Claim> Claims);
