namespace LoraPrivacy.Production.Tests.Models;

/// <summary>A folder with a GPT-2 checkpoint that is written here from the format's description, without the library's own writer.</summary>
internal sealed class CheckpointFolder : IDisposable
{
    /// <summary>A configuration in the members that Hugging Face's gpt2 has.</summary>
    public const string Configuration = """
        {
          "activation_function": "gelu_new", "architectures": ["GPT2LMHeadModel"], "attn_pdrop": 0.1, "bos_token_id": 50256,
          "embd_pdrop": 0.1, "eos_token_id": 50256, "initializer_range": 0.02, "layer_norm_epsilon": 1e-05, "model_type": "gpt2",
          "n_ctx": 7, "n_embd": 12, "n_head": 3, "n_layer": 2, "n_positions": 7, "resid_pdrop": 0.1, "vocab_size": 300,
          "task_specific_params": {"text-generation": {"do_sample": true, "max_length": 50}}
        }
        """;

    public static readonly GptConfiguration Shape = new() { Vocabulary = 300, Context = 7, Width = 12, Depth = 2, Heads = 3 };

    public string Path { get; } = Directory.CreateTempSubdirectory("checkpoint").FullName;

    public string ConfigurationPath => System.IO.Path.Combine(Path, "config.json");

    public string WeightsPath => System.IO.Path.Combine(Path, "model.safetensors");

    /// <summary>The tensors of <see cref="Shape"/> by Hugging Face's names, with reproducible numbers that every type holds exactly.</summary>
    public static Dictionary<string, (long[] Shape, double[] Values)> Tensors(string prefix = "")
    {
        // The names and shapes are written out: they are what is tested.
        Dictionary<string, long[]> shapes = new() { ["wte.weight"] = [300, 12], ["wpe.weight"] = [7, 12] };
        for (int i = 0; i < 2; i++)
        {
            foreach ((string name, long[] shape) in new (string, long[])[]
            {
                ("ln_1.weight", [12]), ("ln_1.bias", [12]), ("attn.c_attn.weight", [12, 36]), ("attn.c_attn.bias", [36]),
                ("attn.c_proj.weight", [12, 12]), ("attn.c_proj.bias", [12]), ("ln_2.weight", [12]), ("ln_2.bias", [12]),
                ("mlp.c_fc.weight", [12, 48]), ("mlp.c_fc.bias", [48]), ("mlp.c_proj.weight", [48, 12]), ("mlp.c_proj.bias", [12]),
            })
            {
                shapes[$"h.{i}.{name}"] = shape;
            }
        }

        shapes["ln_f.weight"] = [12];
        shapes["ln_f.bias"] = [12];
        Random random = new(5);
        // Multiples of 1/64 up to 1 have at most 7 significant bits.
        return shapes.ToDictionary(
            entry => prefix + entry.Key,
            entry => (entry.Value, Enumerable.Range(0, (int)entry.Value.Aggregate((a, b) => a * b)).Select(_ => random.Next(-64, 65) / 64.0).ToArray()));
    }

    /// <summary>Writes both files.</summary>
    public void Write(Dictionary<string, (long[] Shape, double[] Values)> tensors, string type = "F32", string configuration = Configuration)
    {
        File.WriteAllText(ConfigurationPath, configuration);
        StringBuilder header = new();
        using MemoryStream data = new();
        foreach ((string name, (long[] shape, double[] values)) in tensors)
        {
            long begin = data.Length;
            foreach (double value in values)
            {
                data.Write(Bytes(value, type));
            }

            header.Append($$""","{{name}}":{"dtype":"{{type}}","shape":[{{string.Join(',', shape)}}],"data_offsets":[{{begin}},{{data.Length}}]}""");
        }

        byte[] json = Encoding.UTF8.GetBytes("{\"__metadata__\":{\"format\":\"pt\"}" + header + "}");
        byte[] size = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, json.Length);
        File.WriteAllBytes(WeightsPath, [.. size, .. json, .. data.ToArray()]);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static byte[] Bytes(double value, string type) => type switch
    {
        "F16" => BitConverter.GetBytes((Half)value),
        "BF16" => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16)),
        "F32" => BitConverter.GetBytes((float)value),
        "I32" => BitConverter.GetBytes((int)value),
        _ => BitConverter.GetBytes(value),
    };
}
