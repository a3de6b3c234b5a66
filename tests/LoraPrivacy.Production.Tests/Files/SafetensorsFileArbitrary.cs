namespace LoraPrivacy.Production.Tests.Files;

/// <summary>The contents of a safetensors file: tensors of any type and shape, and metadata.</summary>
public sealed record SafetensorsContents(IReadOnlyList<(string Name, ElementType Type, long[] Shape, byte[] Data)> Tensors, Dictionary<string, string>? Metadata)
{
    public byte[] Write()
    {
        using MemoryStream stream = new();
        SafetensorsWriter.Write(stream, Tensors.Select(tensor => SafetensorsTensor.Of(tensor.Name, tensor.Type, tensor.Shape, tensor.Data)), Metadata);
        return stream.ToArray();
    }
}

/// <summary>Draws contents: names with any characters, no, empty or up to four dimensions, all types.</summary>
public static class SafetensorsFileArbitrary
{
    private static readonly string[] NameParts = ["a", "lora_A", ".weight", "\"", "\\", "\n", "\u0001", "é", "\uFFFD", "\U0001F600", " ", "__metadata__x", ""];

    public static Arbitrary<SafetensorsContents> Contents()
    {
        Gen<string> names = Gen.Elements(NameParts).ListOf(3).Select(string.Concat);
        Gen<long[]> shapes = Gen.Choose(0, 4).SelectMany(count => Gen.Choose(0, 5).ArrayOf(count)).Select(sizes => sizes.Select(size => (long)size).ToArray());
        Gen<(string, ElementType, long[], byte[])> tensors =
            from name in names
            from type in Gen.Elements(Enum.GetValues<ElementType>())
            from shape in shapes
            let bits = shape.Aggregate(1L, (product, size) => product * size) * ElementFormat.BitsOf(type)
            where bits % 8 == 0
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select (name, type, shape, Bytes(seed, (int)(bits / 8)));
        Gen<SafetensorsContents> contents =
            from count in Gen.Choose(0, 6)
            from list in tensors.ListOf(count)
            from texts in Gen.Choose(0, 3).SelectMany(n => names.Two().ListOf(n))
            from hasMetadata in Gen.Elements(true, false)
            select new SafetensorsContents(
                [.. list.DistinctBy(tensor => tensor.Item1)],
                hasMetadata ? texts.DistinctBy(text => text.Item1).ToDictionary(text => text.Item1, text => text.Item2) : null);
        return contents.ToArbitrary();
    }

    private static byte[] Bytes(int seed, int count)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
