using System.CommandLine.Parsing;
using LoraPrivacy.Reference.Privacy;

namespace LoraPrivacy.CommandLine;

/// <summary>Options that several verbs share, with error messages that name the option, its value and the allowed range.</summary>
internal static class CommonOptions
{
    private const long DefaultSeed = 1;

    public static Option<string?> Out()
        => new("--out") { Description = "Write to FILE instead of standard output; it appears only when complete.", HelpName = "FILE" };

    public static Option<bool> Json()
        => new("--json") { Description = "Print JSON, with every number to the last digit." };

    public static Option<int> Size(string name, string description, int? defaultValue = null)
    {
        Option<int> option = new(name) { Description = description, HelpName = "N", Required = defaultValue is null };
        option.CustomParser = result => ParseSize(result, name, result.Tokens[0].Value);
        if (defaultValue is int value)
        {
            option.DefaultValueFactory = _ => value;
        }

        return option;
    }

    /// <summary>An index counted from 0, or null.</summary>
    public static Option<int?> Index(string name, string description)
        => new(name)
        {
            Description = description,
            HelpName = "I",
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
                {
                    return value;
                }

                result.AddError($"{name} must be an integer of at least 0, but is '{result.Tokens[0].Value}'");
                return null;
            },
        };

    /// <summary>A number of things in [1, most], or null.</summary>
    public static Option<long?> Count(string name, string description, long most, string helpName = "N") => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            if (long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= 1 && value <= most)
            {
                return value;
            }

            result.AddError($"{name} must be an integer in [1, {most}], but is '{result.Tokens[0].Value}'");
            return null;
        },
    };

    /// <summary>The option --neighbours: when two data sets are neighbours.</summary>
    public static Option<string> Neighbours(string description)
    {
        Option<string> option = new("--neighbours") { Description = description, HelpName = "add-remove|replace-one", DefaultValueFactory = _ => "add-remove" };
        option.AcceptOnlyFromAmong("add-remove", "replace-one");
        return option;
    }

    /// <summary>The relation of that name; adding or removing where it is none.</summary>
    public static NeighbouringRelation NeighboursOf(string? name) => name == "replace-one" ? NeighbouringRelation.ReplaceOne : NeighbouringRelation.AddRemove;

    public static Option<int[]> Sizes(string name, string description)
        => new(name)
        {
            Description = description,
            HelpName = "N,N,…",
            CustomParser = result => [.. result.Tokens[0].Value.Split(',').Select(text => ParseSize(result, name, text))],
        };

    /// <summary>A number in a range; no default means the option may be left out and is then null.</summary>
    public static Option<double?> Real(string name, string description, Predicate<double> allowed, string range, string helpName = "X")
        => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => ParseReal(result, name, result.Tokens[0].Value, allowed, range),
        };

    /// <summary>A number of a kind; no default means the option may be left out and is then null.</summary>
    public static Option<double?> Real(string name, string description, NumberKind kind, string helpName = "X") => Real(name, description, kind.Contains, kind.Description, helpName);

    public static Option<double[]> Reals(string name, string description, NumberKind kind)
        => new(name)
        {
            Description = description,
            HelpName = "X,X,…",
            CustomParser = result => [.. result.Tokens[0].Value.Split(',').Select(text => ParseReal(result, name, text, kind.Contains, kind.Description))],
        };

    public static Option<long> Seed(string description) => new("--seed")
    {
        Description = $"{description} (default {DefaultSeed}).",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultSeed,
        CustomParser = result =>
        {
            if (long.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            {
                return value;
            }

            result.AddError($"--seed must be an integer in [{long.MinValue}, {long.MaxValue}], but is '{result.Tokens[0].Value}'");
            return DefaultSeed;
        },
    };

    /// <summary>Whether an option stands on the command line, rather than having its default value.</summary>
    public static bool IsGiven(this ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>The values of an option, or others where it is left out: the parser then gives none, not null.</summary>
    public static T[] ValuesOr<T>(this ParseResult parsed, Option<T[]> option, T[] others)
        => parsed.GetValue(option) is { Length: > 0 } given ? given : others;

    private static int ParseSize(ArgumentResult result, string name, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && ParameterKind.Size.Contains(value))
        {
            return value;
        }

        result.AddError($"{name} must be {ParameterKind.Size.Description}, but is '{text}'");
        return 1;
    }

    private static double ParseReal(ArgumentResult result, string name, string text, Predicate<double> allowed, string range)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && allowed(value))
        {
            return value;
        }

        result.AddError($"{name} must be {range}, but is '{text}'");
        return 1;
    }
}
