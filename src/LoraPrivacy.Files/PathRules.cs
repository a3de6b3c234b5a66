namespace LoraPrivacy.Files;

/// <summary>Values by pattern, as PEFT's rank_pattern and alpha_pattern give them to modules; the order of the patterns counts.</summary>
/// <exception cref="ArgumentException">One is no regular expression; the message is a clause about it.</exception>
internal sealed class PathRules<T>(IEnumerable<KeyValuePair<string, T>> patterns)
{
    private readonly (string Key, Regex Pattern, T Value)[] rules = [.. patterns.Select(pair => (pair.Key, ModulePattern.ForPath(pair.Key), pair.Value))];

    /// <summary>The value of the first pattern that matches, or else of the key that is the path itself, or else the other one.</summary>
    /// <exception cref="ArgumentException">A match takes too long; the message is a clause about it.</exception>
    public T ValueFor(string path, T otherwise)
    {
        int i = Array.FindIndex(rules, rule => ModulePattern.Match(rule.Pattern, path).Success);
        i = i < 0 ? Array.FindIndex(rules, rule => rule.Key == path) : i;
        return i < 0 ? otherwise : rules[i].Value;
    }
}
