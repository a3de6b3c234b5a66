using System.Text.RegularExpressions;

namespace LoraPrivacy.Production.Layers;

/// <summary>Which submodules get an adapter, by PEFT's rules.</summary>
/// <remarks>
/// A list of names takes a module whose path is one of them or ends in a dot and one of them; a pattern takes a path that it
/// matches whole.
/// </remarks>
public sealed class TargetModules
{
    private readonly Regex? expression;

    private TargetModules(IReadOnlyList<string> names, string? pattern)
    {
        Names = names;
        Pattern = pattern;
        if (pattern is not null)
        {
            expression = ModulePattern.ForWholePath(pattern);
        }
    }

    /// <summary>The names, empty for a pattern.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The regular expression, or null for a list of names.</summary>
    public string? Pattern { get; }

    /// <summary>By a list of names.</summary>
    /// <param name="names">Names or paths, at least one, none empty.</param>
    /// <exception cref="ArgumentException">There is none, or one is empty.</exception>
    public static TargetModules Named(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Length > 0 && names.All(name => name.Length > 0)
            ? new TargetModules([.. names], null)
            : throw new ArgumentException("names must hold at least one name, none empty", nameof(names));
    }

    /// <summary>By a regular expression over the whole path.</summary>
    /// <param name="pattern">A regular expression.</param>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public static TargetModules Matching(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        return new TargetModules([], pattern);
    }

    /// <summary>The pattern, or the names with commas between them.</summary>
    public override string ToString() => Pattern ?? string.Join(", ", Names);

    /// <summary>Whether a module is taken.</summary>
    /// <param name="path">Its path, such as <c>h.0.attn.c_attn</c>.</param>
    /// <exception cref="ArgumentException">The pattern takes longer than a second on it.</exception>
    public bool Takes(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return expression is null ? ModulePattern.NamesEnd(Names, path) : ModulePattern.Match(expression, path).Success;
    }
}
