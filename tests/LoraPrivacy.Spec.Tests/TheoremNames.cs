namespace LoraPrivacy.Spec.Tests;

/// <summary>The theorems of proofs/theories that carry the number of a statement, such as GradientLaw.S3_covariance_row.</summary>
internal static partial class TheoremNames
{
    private static readonly string Proofs = Repository.File("proofs");

    /// <summary>Statement to theory.theorem, from the text of the theories.</summary>
    public static SortedDictionary<string, SortedSet<string>> ByStatement()
    {
        SortedDictionary<string, SortedSet<string>> found = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Proofs, "theories"), "*.v"))
        {
            foreach ((string id, string name) in In(File.ReadAllText(file)))
            {
                if (!found.TryGetValue(id, out SortedSet<string>? set))
                {
                    found[id] = set = new SortedSet<string>(StringComparer.Ordinal);
                }

                set.Add($"{Path.GetFileNameWithoutExtension(file)}.{name}");
            }
        }

        return found;
    }

    /// <summary>The theorems of one theory with their statements.</summary>
    public static IEnumerable<(string Statement, string Name)> In(string theory)
        => Theorem().Matches(WithoutComments(theory)).Select(match => (match.Groups["id"].Value, match.Groups["name"].Value));

    /// <summary>The same names from proofs/assumptions, where Coq has said what they rest on.</summary>
    public static IEnumerable<string> WithKnownAssumptions()
        => from file in Directory.EnumerateFiles(Path.Combine(Proofs, "assumptions"), "*.expected")
           from line in File.ReadLines(file)
           from name in line.Split(':')[0].Split(", ")
           where Numbered().IsMatch(name)
           select $"{Path.GetFileNameWithoutExtension(file)}.{name}";

    /// <summary>Comments nest, and a string hides what looks like the end of one.</summary>
    private static string WithoutComments(string theory)
    {
        StringBuilder kept = new();
        int depth = 0;
        foreach (Match token in Token().Matches(theory))
        {
            depth += token.Value switch { "(*" => 1, "*)" when depth > 0 => -1, _ => 0 };
            if (depth == 0 && token.Value is not "*)" && !token.Value.StartsWith('"'))
            {
                kept.Append(token.Value);
            }
        }

        return kept.ToString();
    }

    [GeneratedRegex("""\(\*|\*\)|"[^"]*"|.""", RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex(@"\b(Theorem|Corollary|Proposition|Lemma|Fact|Remark|Property|Example)\s+(?<name>(?<id>S\d+)_[\w']*)")]
    private static partial Regex Theorem();

    [GeneratedRegex(@"^S\d+_")]
    private static partial Regex Numbered();
}
