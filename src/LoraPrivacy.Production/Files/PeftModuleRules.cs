using System.Globalization;
using System.Text.RegularExpressions;

namespace LoraPrivacy.Production.Files;

/// <content>Which modules are adapted, and with which rank and α.</content>
public sealed partial record PeftConfiguration
{
    /// <summary>The patterns of a configuration, compiled.</summary>
    private sealed class ModuleRules
    {
        private readonly PeftConfiguration _configuration;
        private readonly (string Key, Regex Pattern, int Rank)[] _ranks;
        private readonly (string Key, Regex Pattern, double Alpha)[] _alphas;
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
            _ranks = [.. configuration.RankPattern.Select(pair => (pair.Key, Compile("rank_pattern", pair.Key, ModulePattern.ForPath), pair.Value))];
            _alphas = [.. configuration.AlphaPattern.Select(pair => (pair.Key, Compile("alpha_pattern", pair.Key, ModulePattern.ForPath), pair.Value))];
            _targets = configuration.Texts("target_modules");
            _targetPattern = configuration.OneText("target_modules") is string target and not AllLinear
                ? Compile("target_modules", target, ModulePattern.ForWholePath)
                : null;
            _excluded = configuration.Texts("exclude_modules") ?? [];
            _excludedPattern = configuration.OneText("exclude_modules") is { Length: > 0 } excluded
                ? Compile("exclude_modules", excluded, ModulePattern.ForWholePath)
                : null;
            _saved = [.. (configuration.Texts("modules_to_save") ?? []).Select(name => Compile("modules_to_save", name, ModulePattern.ForSavedModule))];
            _layers = configuration.Integers("layers_to_transform") ?? [];
            string[] layerPatterns = configuration.OneText("layers_pattern") is { Length: > 0 } one ? [one] : configuration.Texts("layers_pattern") ?? [];
            _layerPatterns = layerPatterns.Length == 0
                ? [ModulePattern.ForLayerIndex(@"[^.]*")]
                : [.. layerPatterns.Select(pattern => Compile("layers_pattern", pattern, ModulePattern.ForLayerIndex))];
        }

        public int RankOf(string path)
        {
            int i = Array.FindIndex(_ranks, rule => Matches("rank_pattern", rule.Pattern, path));
            i = i < 0 ? Array.FindIndex(_ranks, rule => rule.Key == path) : i;
            return i < 0 ? _configuration.Rank : _ranks[i].Rank;
        }

        public double AlphaOf(string path)
        {
            int i = Array.FindIndex(_alphas, rule => Matches("alpha_pattern", rule.Pattern, path));
            i = i < 0 ? Array.FindIndex(_alphas, rule => rule.Key == path) : i;
            return i < 0 ? _configuration.Alpha : _alphas[i].Alpha;
        }

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
                Match match = Guarded("layers_pattern", path, () => pattern.Match(path));
                if (match.Success)
                {
                    return int.TryParse(match.Groups["layer"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int layer) ? layer : null;
                }
            }

            return null;
        }

        private bool Matches(string member, Regex pattern, string path) => Guarded(member, path, () => pattern.IsMatch(path));

        private T Guarded<T>(string member, string path, Func<T> match)
        {
            try
            {
                return match();
            }
            catch (RegexMatchTimeoutException failure)
            {
                throw new FileFormatException(
                    _configuration.Source, FileFormatException.Member(member), $"takes too long to match against '{FileFormatException.Quote(path)}'", failure);
            }
        }

        private Regex Compile(string member, string pattern, Func<string, Regex> compile)
        {
            try
            {
                return compile(pattern);
            }
            catch (ArgumentException failure)
            {
                throw new FileFormatException(_configuration.Source, FileFormatException.Member(member), failure.Message, failure);
            }
        }
    }
}
