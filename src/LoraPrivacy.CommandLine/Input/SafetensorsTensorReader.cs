namespace LoraPrivacy.CommandLine.Input;

/// <summary>Reads one gradient tensor from a .safetensors file (F16, BF16, F32, F64).</summary>
internal static class SafetensorsTensorReader
{
    private const int MostNamesListed = 20;

    /// <param name="stream">The file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="tensorName">Which tensor to read; null for the only one with two or three dimensions.</param>
    public static Tensor Read(Stream stream, string source, string? tensorName)
    {
        try
        {
            using SafetensorsReader file = new(stream, source);
            SafetensorsEntry entry = Choose(file, tensorName);
            string place = $"{source}, {FileFormatException.Tensor(entry.Name)}";
            if (!ElementFormat.IsFloatingPoint(entry.Type))
            {
                throw new InputException($"{place}: numbers of type {ElementFormat.NameOf(entry.Type)} are not supported; F16, BF16, F32 and F64 are");
            }

            double[] values = new double[Tensor.CheckedCount(place, entry.Shape)];
            int[] shape = [.. entry.Shape.Select(size => (int)size)];
            file.Read(entry, values);
            return new Tensor(place, shape, Tensor.CheckedFinite(values, place, shape));
        }
        catch (FileFormatException failure)
        {
            throw new InputException(failure.Message, failure);
        }
    }

    /// <summary>The named tensor, or the only one with two or three dimensions.</summary>
    private static SafetensorsEntry Choose(SafetensorsReader file, string? name)
    {
        List<SafetensorsEntry> candidates = name is null
            ? [.. file.Tensors.Where(entry => entry.Shape.Count is 2 or 3)]
            : [.. file.Tensors.Where(entry => entry.Name == name)];
        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        string listed = file.Tensors.Count == 0
            ? "it has none"
            : "it has " + string.Join(", ", file.Tensors.Take(MostNamesListed))
                + (file.Tensors.Count > MostNamesListed ? $" and {file.Tensors.Count - MostNamesListed} more" : string.Empty);
        throw new InputException(
            name is not null ? $"{file.Source}: has no tensor '{name}'; {listed}"
            : candidates.Count == 0 ? $"{file.Source}: has no tensor with two or three dimensions; {listed}"
            : $"{file.Source}: has several tensors; choose one with --tensor NAME; {listed}");
    }
}
