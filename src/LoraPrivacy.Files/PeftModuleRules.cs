namespace LoraPrivacy.Files;

/// <content>Which modules are adapted, and with which rank and α.</content>
public sealed partial record PeftConfiguration
{
    /// <summary>The patterns of a configuration, compiled.</summary>
    private sealed class ModuleRules
    {
        /// <summary>A compiled pattern takes some five kilobytes, where the file has five bytes; a pattern for every layer of a large model still fits.</summary>
        private const int MostPatterns = 10_000;

        private readonly PeftConfiguration configuration;
        private readonly PathRules<int> ranks;
        private readonly PathRules<double> alphas;
        private readonly string[]? targets;
        private readonly Regex? targetPattern;
        private readonly string[] excluded;
        private readonly Regex? excludedPattern;
        private readonly Regex[] saved;
        private readonly int[] layers;
        private readonly Regex[] layerPatterns;

        public ModuleRules(PeftConfiguration configuration)
        {
            this.configuration = configuration;
            ranks = Checked("rank_pattern", () => new PathRules<int>(Few("rank_pattern", configuration.RankPattern)));
            alphas = Checked("alpha_pattern", () => new PathRules<double>(Few("alpha_pattern", configuration.AlphaPattern)));
            targets = configuration.Texts("target_modules");
            targetPattern = configuration.OneText("target_modules") is string target and not AllLinear
                ? Compile("target_modules", target, ModulePattern.ForWholePath)
                : null;
            this.excluded = configuration.Texts("exclude_modules") ?? [];
            excludedPattern = configuration.OneText("exclude_modules") is { Length: > 0 } excluded
                ? Compile("exclude_modules", excluded, ModulePattern.ForWholePath)
                : null;
            saved = [.. Few("modules_to_save", configuration.Texts("modules_to_save") ?? []).Select(name => Compile("modules_to_save", name, ModulePattern.ForSavedModule))];
            layers = configuration.Integers("layers_to_transform") ?? [];
            string[] layerPatterns = configuration.OneText("layers_pattern") is { Length: > 0 } one ? [one] : configuration.Texts("layers_pattern") ?? [];
            this.layerPatterns = layerPatterns.Length == 0
                ? [ModulePattern.ForLayerIndex(@"[^.]*")]
                : [.. Few("layers_pattern", layerPatterns).Select(pattern => Compile("layers_pattern", pattern, ModulePattern.ForLayerIndex))];
        }

        public int RankOf(string path) => Checked("rank_pattern", () => ranks.ValueFor(path, configuration.Rank));

        public double AlphaOf(string path) => Checked("alpha_pattern", () => alphas.ValueFor(path, configuration.Alpha));

        public bool Targets(string path)
        {
            if (ModulePattern.NamesEnd(excluded, path)
                || (excludedPattern is not null && Matches("exclude_modules", excludedPattern, path))
                || Array.Exists(saved, rule => Matches("modules_to_save", rule, path)))
            {
                return false;
            }

            if (targets is null)
            {
                return targetPattern is not null
                    ? Matches("target_modules", targetPattern, path)
                    : configuration.OneText("target_modules") == AllLinear;
            }

            // Only an end of a path is restricted to some layers; a whole path that is named counts wherever it is.
            return targets.Contains(path)
                || (ModulePattern.NamesEnd(targets, path) && (layers.Length == 0 || (LayerOf(path) is int layer && layers.Contains(layer))));
        }

        private int? LayerOf(string path)
        {
            foreach (Regex pattern in layerPatterns)
            {
                Match match = Checked("layers_pattern", () => ModulePattern.Match(pattern, path));
                if (match.Success)
                {
                    return int.TryParse(match.Groups["layer"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int layer) ? layer : null;
                }
            }

            return null;
        }

        private bool Matches(string member, Regex pattern, string path) => Checked(member, () => ModulePattern.Match(pattern, path).Success);

        private Regex Compile(string member, string pattern, Func<string, Regex> compile) => Checked(member, () => compile(pattern));

        private IReadOnlyCollection<T> Few<T>(string member, IReadOnlyCollection<T> patterns)
            => patterns.Count <= MostPatterns
                ? patterns
                : throw new FileFormatException(configuration.Source, FileFormatException.Member(member), $"has {patterns.Count} patterns; at most {MostPatterns} are read");

        private T Checked<T>(string member, Func<T> use)
        {
            try
            {
                return use();
            }
            catch (ArgumentException failure)
            {
                throw new FileFormatException(configuration.Source, FileFormatException.Member(member), failure.Message, failure);
            }
        }
    }
}
