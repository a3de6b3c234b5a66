using System.Globalization;
using System.Text.RegularExpressions;

namespace LoraPrivacy.Files;

/// <content>Which modules are adapted, and with which rank and α.</content>
public sealed partial record PeftConfiguration
{
    /// <summary>The patterns of a configuration, compiled.</summary>
    private sealed class ModuleRules
    {
        /// <summary>A compiled pattern takes some five kilobytes, where the file has five bytes; a pattern for every layer of a large model still fits.</summary>
        private const int MostPatterns = 10_000;

        private readonly PeftConfiguration _configuration;
        private readonly PathRules<int> _ranks;
        private readonly PathRules<double> _alphas;
        private readonly string[]? _targets;
        private readonly Regex? _targetPattern;
        private readonly string[] _excluded;
        private readonly Regex? _excludedPattern;
        private readonly Regex[] _saved;
        private readonly int[] _layers;
        private readonly Regex[] _layerPatterns;

        public ModuleRules(PeftConfiguration configuration)
        {
            _configuration = configuration;
            _ranks = Checked("rank_pattern", () => new PathRules<int>(Few("rank_pattern", configuration.RankPattern)));
            _alphas = Checked("alpha_pattern", () => new PathRules<double>(Few("alpha_pattern", configuration.AlphaPattern)));
            _targets = configuration.Texts("target_modules");
            _targetPattern = configuration.OneText("target_modules") is string target and not AllLinear
                ? Compile("target_modules", target, ModulePattern.ForWholePath)
                : null;
            _excluded = configuration.Texts("exclude_modules") ?? [];
            _excludedPattern = configuration.OneText("exclude_modules") is { Length: > 0 } excluded
                ? Compile("exclude_modules", excluded, ModulePattern.ForWholePath)
                : null;
            _saved = [.. Few("modules_to_save", configuration.Texts("modules_to_save") ?? []).Select(name => Compile("modules_to_save", name, ModulePattern.ForSavedModule))];
            _layers = configuration.Integers("layers_to_transform") ?? [];
            string[] layerPatterns = configuration.OneText("layers_pattern") is { Length: > 0 } one ? [one] : configuration.Texts("layers_pattern") ?? [];
            _layerPatterns = layerPatterns.Length == 0
                ? [ModulePattern.ForLayerIndex(@"[^.]*")]
                : [.. Few("layers_pattern", layerPatterns).Select(pattern => Compile("layers_pattern", pattern, ModulePattern.ForLayerIndex))];
        }

        public int RankOf(string path) => Checked("rank_pattern", () => _ranks.ValueFor(path, _configuration.Rank));

        public double AlphaOf(string path) => Checked("alpha_pattern", () => _alphas.ValueFor(path, _configuration.Alpha));

        public bool Targets(string path)
        {
            if (ModulePattern.NamesEnd(_excluded, path)
                || (_excludedPattern is not null && Matches("exclude_modules", _excludedPattern, path))
                || Array.Exists(_saved, rule => Matches("modules_to_save", rule, path)))
            {
                return false;
            }

            if (_targets is null)
            {
                return _targetPattern is not null
                    ? Matches("target_modules", _targetPattern, path)
                    : _configuration.OneText("target_modules") == AllLinear;
            }

            // Only an end of a path is restricted to some layers; a whole path that is named counts wherever it is.
            return _targets.Contains(path)
                || (ModulePattern.NamesEnd(_targets, path) && (_layers.Length == 0 || (LayerOf(path) is int layer && _layers.Contains(layer))));
        }

        private int? LayerOf(string path)
        {
            foreach (Regex pattern in _layerPatterns)
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
                : throw new FileFormatException(_configuration.Source, FileFormatException.Member(member), $"has {patterns.Count} patterns; at most {MostPatterns} are read");

        private T Checked<T>(string member, Func<T> use)
        {
            try
            {
                return use();
            }
            catch (ArgumentException failure)
            {
                throw new FileFormatException(_configuration.Source, FileFormatException.Member(member), failure.Message, failure);
            }
        }
    }
}
