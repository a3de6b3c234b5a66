using System.Reflection;

namespace LoraPrivacy.Production.Layers;

/// <summary>The adapters of a model.</summary>
public sealed class LoraAdapters
{
    private LoraAdapters(nn.Module model, LoraConfiguration configuration, IReadOnlyList<LoraLinear> layers)
    {
        Model = model;
        Configuration = configuration;
        Layers = layers;
    }

    /// <summary>The model.</summary>
    public nn.Module Model { get; }

    /// <summary>What the adapters were made from.</summary>
    public LoraConfiguration Configuration { get; }

    /// <summary>The layers with an adapter, in the model's order.</summary>
    public IReadOnlyList<LoraLinear> Layers { get; }

    /// <summary>PEFT's name of how the A in place was drawn, where a folder said it; null where <see cref="Configuration"/> says it.</summary>
    internal string? LoadedInitialization { get; set; }

    /// <summary>What training moves: each B, and each A unless it is frozen, in the order of <see cref="Layers"/>.</summary>
    public IEnumerable<Parameter> TrainableParameters => Layers.SelectMany(layer => layer.TrainsA ? new[] { layer.A, layer.B } : [layer.B]);

    /// <summary>Freezes a model and gives the layers that the configuration takes their adapters.</summary>
    /// <param name="model">
    /// A model, already on its device and in its type, whose linear layers are held in fields declared as
    /// <c>Module&lt;Tensor, Tensor&gt;</c> or in a ModuleList of these.
    /// </param>
    /// <param name="configuration">Which layers, and how.</param>
    /// <param name="source">Where each A comes from, in the stream of its path.</param>
    /// <returns>The adapters.</returns>
    /// <exception cref="ArgumentException">
    /// No layer is taken, one that is taken cannot be replaced, or the model has adapters already. No layer is replaced then.
    /// </exception>
    public static LoraAdapters Wrap(nn.Module model, LoraConfiguration configuration, RandomSource source)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Validate();
        // The list is complete before the first replacement changes what it is read from.
        (string Path, nn.Module Module)[] modules = [.. model.named_modules()];
        if (modules.FirstOrDefault(entry => entry.Module is LoraLinear).Path is string adapted)
        {
            throw new ArgumentException($"model must have no adapters yet, but has one at '{adapted}'", nameof(model));
        }

        Dictionary<string, nn.Module> parents = modules.ToDictionary(entry => entry.Path, entry => entry.Module);
        parents[""] = model;
        (string Path, nn.Module Module)[] taken =
            [.. modules.Where(entry => entry.Module is Linear or Conv1D && configuration.Targets.Takes(entry.Path))];
        if (taken.Length == 0)
        {
            throw new ArgumentException(
                $"targets must take at least one linear layer of the model, but '{FileFormatException.Quote(configuration.Targets.ToString())}' takes none", nameof(configuration));
        }

        // Whatever can fail comes before the first replacement.
        List<Action<LoraLinear>> replacements = [];
        List<LoraLinear> layers = [];
        foreach ((string path, nn.Module module) in taken)
        {
            int dot = path.LastIndexOf('.');
            replacements.Add(Replacement(parents[dot < 0 ? "" : path[..dot]], path[(dot + 1)..], module));
        }

        foreach ((string path, nn.Module module) in taken)
        {
            layers.Add(new((nn.Module<Tensor, Tensor>)module, path, configuration, source));
        }

        foreach (Parameter parameter in model.parameters())
        {
            parameter.requires_grad = false;
        }

        foreach ((Action<LoraLinear> replace, LoraLinear layer) in replacements.Zip(layers))
        {
            replace(layer);
        }

        return new LoraAdapters(model, configuration, layers);
    }

    /// <summary>Merges every adapter into its frozen weight and draws a fresh A (the fresh-A training of S22).</summary>
    /// <param name="source">Where each A comes from, in the stream of its path and <paramref name="number"/>.</param>
    /// <param name="number">Which draw, such as the step; not 0, which is the draw that the layers were made with.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is 0: from the same source, A would be used twice (S17).</exception>
    public void MergeAndRedraw(RandomSource source, long number)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfZero(number);
        LoadedInitialization = null;
        foreach (LoraLinear layer in Layers)
        {
            layer.Merge();
            using RandomSequence sequence = source.Sequence($"A {layer.Path}", number);
            layer.DrawA(sequence);
        }
    }

    private static Action<LoraLinear> Replacement(nn.Module parent, string name, nn.Module old)
    {
        if (parent is ModuleList<nn.Module<Tensor, Tensor>> list)
        {
            return layer =>
            {
                list[int.Parse(name)] = layer;
                Register(parent, name, layer);
            };
        }

        FieldInfo? field = null;
        for (Type? type = parent.GetType(); type is not null && field is null; type = type.BaseType)
        {
            field = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .FirstOrDefault(candidate => ReferenceEquals(candidate.GetValue(parent), old));
        }

        if (field is null || !field.FieldType.IsAssignableFrom(typeof(LoraLinear)))
        {
            throw new ArgumentException(
                $"{name} of {parent.GetName()} cannot hold an adapter: declare it as Module<Tensor, Tensor>, not {field?.FieldType.Name ?? "in a Sequential"}");
        }

        return layer =>
        {
            field.SetValue(parent, layer);
            Register(parent, name, layer);
        };
    }

    // The field or the list says which layer is called; the registered names say whose parameters and mode are the model's.
    private static void Register(nn.Module parent, string name, LoraLinear layer)
    {
        // Registering null takes the name off, so that it can be given again.
        parent.register_module(name, null!);
        parent.register_module(name, layer);
        layer.train(parent.training);
    }
}
