using System.Text.Json;
using LoraPrivacy.Production.Data;

namespace LoraPrivacy.Production.Models;

/// <summary>The <c>config.json</c> of a GPT-2 checkpoint, as Hugging Face's transformers write it.</summary>
internal static class GptConfigurationFile
{
    internal const string FileName = "config.json";

    private const int LargestFile = 1 << 20;

    /// <summary>What a model must be for <see cref="GptModel"/> to compute the same. A member that is absent has the first value.</summary>
    private static readonly (string Member, string[] Values)[] Supported =
    [
        ("model_type", ["\"gpt2\""]),
        ("activation_function", ["\"gelu_new\"", "\"gelu_pytorch_tanh\""]),
        ("scale_attn_weights", ["true"]),
        ("scale_attn_by_inverse_layer_idx", ["false"]),
        ("reorder_and_upcast_attn", ["false"]),
        ("add_cross_attention", ["false"]),
        ("tie_word_embeddings", ["true"]),
    ];

    internal static GptConfiguration Read(string path)
        => JsonProblem.Read(BoundedFile.ReadAll(path, LargestFile), path, depth: 16, root => Interpret(root, path));

    /// <summary>The text of a file that transformers read.</summary>
    internal static string Write(GptConfiguration configuration, ScalarType dtype)
    {
        int? endOfText = configuration.Vocabulary == ByteTokenizer.Gpt2Vocabulary ? ByteTokenizer.Gpt2Vocabulary - 1 : null;
        Dictionary<string, object?> members = new()
        {
            ["activation_function"] = "gelu_new",
            ["architectures"] = new[] { "GPT2LMHeadModel" },
            // This model has no dropout.
            ["attn_pdrop"] = 0.0,
            ["bos_token_id"] = endOfText,
            ["embd_pdrop"] = 0.0,
            ["eos_token_id"] = endOfText,
            ["initializer_range"] = 0.02,
            ["layer_norm_epsilon"] = configuration.NormEpsilon,
            ["model_type"] = "gpt2",
            ["n_embd"] = configuration.Width,
            ["n_head"] = configuration.Heads,
            ["n_inner"] = null,
            ["n_layer"] = configuration.Depth,
            ["n_positions"] = configuration.Context,
            ["reorder_and_upcast_attn"] = false,
            ["resid_pdrop"] = 0.0,
            ["scale_attn_by_inverse_layer_idx"] = false,
            ["scale_attn_weights"] = true,
            ["tie_word_embeddings"] = true,
            ["torch_dtype"] = dtype.ToString().ToLowerInvariant(),
            ["use_cache"] = true,
            ["vocab_size"] = configuration.Vocabulary,
        };
        return PythonJson.Write(members.Select(member => KeyValuePair.Create(member.Key, Element(member.Value)))) + "\n";
    }

    private static JsonElement Element(object? value)
        => value is double number ? JsonElement.Parse(PythonJson.Float(number)) : JsonSerializer.SerializeToElement(value);

    private static GptConfiguration Interpret(JsonElement root, string path)
    {
        foreach ((string member, string[] values) in Supported)
        {
            if (root.TryGetProperty(member, out JsonElement value) && !values.Contains(value.GetRawText()))
            {
                throw new FileFormatException(
                    path, FileFormatException.Member(member), $"must be {string.Join(" or ", values)}, but is {FileFormatException.Quote(value.GetRawText())}");
            }
        }

        GptConfiguration configuration = new()
        {
            Vocabulary = Integer(root, path, "vocab_size"),
            Context = Integer(root, path, root.TryGetProperty("n_positions", out _) ? "n_positions" : "n_ctx"),
            Width = Integer(root, path, "n_embd"),
            Depth = Integer(root, path, "n_layer"),
            Heads = Integer(root, path, "n_head"),
            NormEpsilon = Epsilon(root, path),
        };
        if (root.TryGetProperty("n_inner", out JsonElement inner) && inner.ValueKind != JsonValueKind.Null
            && Integer(root, path, "n_inner") != 4L * configuration.Width)
        {
            throw new FileFormatException(
                path, FileFormatException.Member("n_inner"), $"must be null or 4·n_embd = {4L * configuration.Width}, but is {FileFormatException.Quote(inner.GetRawText())}");
        }

        if (configuration.Width % configuration.Heads != 0)
        {
            throw new FileFormatException(
                path, FileFormatException.Member("n_embd"), $"must be a multiple of n_head = {configuration.Heads}, but is {configuration.Width}");
        }

        return configuration;
    }

    private static int Integer(JsonElement root, string path, string member)
    {
        if (!root.TryGetProperty(member, out JsonElement value))
        {
            throw new FileFormatException(path, FileFormatException.Member(member), "is missing");
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number is >= 1 and <= GptConfiguration.LargestSize
            ? number
            : throw new FileFormatException(
                path,
                FileFormatException.Member(member),
                $"must be an integer in [1, {GptConfiguration.LargestSize}], but is {FileFormatException.Quote(value.GetRawText())}");
    }

    private static double Epsilon(JsonElement root, string path)
    {
        const string member = "layer_norm_epsilon";
        if (!root.TryGetProperty(member, out JsonElement value))
        {
            return new GptConfiguration().NormEpsilon;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number > 0 && double.IsFinite(number)
            ? number
            : throw new FileFormatException(
                path, FileFormatException.Member(member), $"must be positive and finite, but is {FileFormatException.Quote(value.GetRawText())}");
    }
}
