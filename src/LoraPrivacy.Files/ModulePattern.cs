namespace LoraPrivacy.Files;

/// <summary>
/// PEFT's rules for which modules a name or pattern means. Patterns are Python's regular expressions; those that .NET reads differently or
/// not at all (named groups as <c>(?P&lt;n&gt;…)</c>) are refused or documented so, and no match may take longer than a second.
/// </summary>
internal static class ModulePattern
{
    private const int LongestPattern = 10_000;
    private const string BeforeReason = "' at offset ";
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    /// <summary>The rule of rank_pattern and alpha_pattern: the pattern describes the path from some dot on.</summary>
    public static Regex ForPath(string pattern) => Compile($@"\A(.*\.)?({pattern})\n?\z", pattern);

    /// <summary>The rule of a target_modules that is one text: the pattern describes the whole path.</summary>
    public static Regex ForWholePath(string pattern) => Compile($@"\A(?:{pattern})\z", pattern);

    /// <summary>The rule of modules_to_save: the module or anything within it.</summary>
    public static Regex ForSavedModule(string pattern) => Compile($@"\A(?:(?:|.*\.){pattern}(?:\n?\z|\..*))", pattern);

    /// <summary>The rule of layers_pattern: the number that follows the name of the list of layers.</summary>
    public static Regex ForLayerIndex(string pattern) => Compile($@"\A(?:.*?\.{pattern}\.(?<layer>\d+)\.)", pattern);

    /// <summary>The rule of a target_modules that is a list: the path itself or its end after a dot.</summary>
    public static bool NamesEnd(IEnumerable<string> names, string path)
        => names.Any(name => path == name || path.EndsWith("." + name, StringComparison.Ordinal));

    /// <summary>A pattern that means one path and no longer one that ends in it.</summary>
    public static string Exactly(string path) => "^" + Regex.Escape(path);

    /// <summary>Matches a path.</summary>
    /// <exception cref="ArgumentException">It takes longer than a second; the message is a clause about it.</exception>
    public static Match Match(Regex pattern, string path)
    {
        try
        {
            return pattern.Match(path);
        }
        catch (RegexMatchTimeoutException failure)
        {
            throw new ArgumentException($"takes too long to match against '{FileFormatException.Quote(path)}'", failure);
        }
    }

    // The library's message repeats the whole pattern before it says what is wrong with it.
    private static string ReasonOf(ArgumentException failure)
    {
        int place = failure.Message.LastIndexOf(BeforeReason, StringComparison.Ordinal);
        return FileFormatException.Quote(place < 0 ? failure.Message : failure.Message[(failure.Message.IndexOf('.', place) + 1)..].Trim());
    }

    private static Regex Compile(string expression, string pattern)
    {
        if (pattern.Length > LongestPattern)
        {
            throw new ArgumentException($"has {pattern.Length} characters; at most {LongestPattern} are read");
        }

        try
        {
            return new Regex(expression, RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (ArgumentException failure)
        {
            throw new ArgumentException($"'{FileFormatException.Quote(pattern)}' is not a regular expression: {ReasonOf(failure)}", failure);
        }
    }
}
