namespace LoraPrivacy.CommandLine.Verdicts;

/// <summary>Whether a release is private.</summary>
internal enum Answer
{
    /// <summary>One look tells some neighbours apart: δ(ε) = 1 for every ε.</summary>
    No,

    /// <summary>There are ε and δ &lt; 1.</summary>
    Yes,

    /// <summary>No statement covers it.</summary>
    Unknown,

    /// <summary>There is nothing to tell apart.</summary>
    Same,
}

/// <summary>What is known of a release, for some neighbours and numbers of steps.</summary>
/// <param name="Id">Its name for programs and for links.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Releases">The releases that it is about.</param>
/// <param name="Neighbours">The neighbours that it is about.</param>
/// <param name="Steps">The steps that it is about.</param>
/// <param name="Answer">Whether they are private.</param>
/// <param name="Why">Why, in whole sentences.</param>
/// <param name="Needed">What would be needed to get a guarantee, or to use the one there is.</param>
/// <param name="Statements">The statements of the specification that say so.</param>
internal sealed record Verdict(
    string Id,
    string Title,
    IReadOnlyList<Release> Releases,
    IReadOnlyList<Neighbours> Neighbours,
    IReadOnlyList<Steps> Steps,
    Answer Answer,
    string Why,
    string Needed,
    params IReadOnlyList<string> Statements)
{
    public string Short => Answer switch
    {
        Answer.No => "no",
        Answer.Yes => "yes, up to an ε and a δ",
        Answer.Unknown => "not known",
        _ => "nothing differs",
    };

    public string Sentence => Answer switch
    {
        Answer.No => "Not private: δ(ε) = 1 for every ε.",
        Answer.Yes => "(ε, δ)-differentially private for an ε and a δ that can be computed.",
        Answer.Unknown => "Not known: no statement covers it.",
        _ => "There is nothing to tell apart.",
    };

    /// <summary>The statements, for a line of print.</summary>
    public string Cited => string.Join(", ", Statements);

    public bool Covers(Release release, Neighbours neighbours, Steps steps)
        => Releases.Contains(release) && Neighbours.Contains(neighbours) && Steps.Contains(steps);
}
