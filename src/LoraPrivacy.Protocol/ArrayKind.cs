namespace LoraPrivacy.Protocol;

/// <summary>An array of numbers, or of rows of numbers of one length.</summary>
/// <param name="Shape">One or two letters: how long it is, or how many rows of which length it has. A letter is one number throughout an operation.</param>
/// <param name="Entries">What the numbers may be.</param>
public sealed record ArrayKind(IReadOnlyList<string> Shape, NumberKind Entries) : ParameterKind
{
    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            string entries = Entries.Description.Replace("a finite number", "finite numbers", StringComparison.Ordinal).Replace("a number", "numbers", StringComparison.Ordinal);
            return Shape.Count == 1 ? $"an array of {Shape[0]} {entries}" : $"an array of {Shape[0]} rows of {Shape[1]} {entries}";
        }
    }

    /// <inheritdoc/>
    public override JsonObject ToSchema() => Shape.Reverse().Aggregate(
        Entries.ToSchema(), (items, _) => new() { ["type"] = "array", ["minItems"] = 1, ["items"] = items });

    internal override object Read(string name, JsonElement element, Dictionary<string, int> sizes)
    {
        CheckArray(name, element, name);
        object read = Shape.Count == 1 ? Vector(name, element) : Matrix(name, element);
        int[] lengths = read is double[,] matrix ? [matrix.GetLength(0), matrix.GetLength(1)] : [((double[])read).Length];
        (string Letter, int Size)[] known = [.. Shape.Where(sizes.ContainsKey).Distinct().Select(letter => (letter, sizes[letter]))];
        if (Shape.Zip(lengths).Any(axis => !sizes.TryAdd(axis.First, axis.Second) && sizes[axis.First] != axis.Second))
        {
            throw ProtocolException.BadParameter(
                name, $"{name} must be {string.Join(" × ", Shape)} with {string.Join(" and ", known.Select(size => $"{size.Letter} = {size.Size}"))}, but is {string.Join(" × ", lengths)}");
        }

        return read;
    }

    private double[] Vector(string name, JsonElement element)
    {
        double[] vector = new double[element.GetArrayLength()];
        int i = 0;
        foreach (JsonElement entry in element.EnumerateArray())
        {
            vector[i] = Entries.Read(name, entry, $"{name}[{i}]");
            i++;
        }

        return vector;
    }

    private double[,] Matrix(string name, JsonElement element)
    {
        double[,]? matrix = null;
        int i = 0;
        foreach (JsonElement row in element.EnumerateArray())
        {
            string place = $"{name}[{i}]";
            CheckArray(name, row, place);
            matrix ??= new double[element.GetArrayLength(), row.GetArrayLength()];
            if (row.GetArrayLength() != matrix.GetLength(1))
            {
                throw ProtocolException.BadParameter(
                    name, $"the rows of {name} must have one length, but {name}[0] has {matrix.GetLength(1)} numbers and {place} has {row.GetArrayLength()}");
            }

            int j = 0;
            foreach (JsonElement entry in row.EnumerateArray())
            {
                matrix[i, j] = Entries.Read(name, entry, $"{place}[{j}]");
                j++;
            }

            i++;
        }

        return matrix!;
    }

    private static void CheckArray(string name, JsonElement element, string place)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw ProtocolException.BadParameter(name, $"{place} must be an array, but is {JsonNumber.KindOf(element)}");
        }

        if (element.GetArrayLength() == 0)
        {
            throw ProtocolException.BadParameter(name, $"{place} must not be empty");
        }
    }
}
