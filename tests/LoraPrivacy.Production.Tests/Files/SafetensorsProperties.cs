namespace LoraPrivacy.Production.Tests.Files;

public class SafetensorsProperties
{
    [Property(Arbitrary = [typeof(SafetensorsFileArbitrary)], MaxTest = 300)]
    public void What_is_written_is_read(SafetensorsContents contents)
    {
        byte[] file = contents.Write();
        using SafetensorsReader reader = new(new MemoryStream(file), "f");
        Assert.Equal(contents.Metadata ?? [], reader.Metadata);
        Assert.Equal(contents.Tensors.Count, reader.Tensors.Count);
        foreach ((string name, ElementType type, long[] shape, byte[] data) in contents.Tensors)
        {
            SafetensorsEntry entry = reader.Find(name)!;
            Assert.Equal((type, (long)data.Length), (entry.Type, entry.ByteCount));
            Assert.Equal(shape, entry.Shape);
            byte[] read = new byte[data.Length];
            reader.Read(entry, read);
            Assert.Equal(data, read);
            using MemoryStream copy = new();
            reader.CopyTo(entry, copy);
            Assert.Equal(data, copy.ToArray());
        }
    }

    [Property(Arbitrary = [typeof(SafetensorsFileArbitrary)], MaxTest = 200)]
    public void The_file_does_not_depend_on_the_order_of_the_tensors(SafetensorsContents contents)
    {
        byte[] file = contents.Write();
        Assert.Equal(file, (contents with { Tensors = [.. contents.Tensors.Reverse()] }).Write());
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(file) % 8);
    }

    [Property(Arbitrary = [typeof(SafetensorsFileArbitrary)], MaxTest = 1500)]
    [Trait("Speed", "Slow")]
    public void A_damaged_file_is_read_or_refused_in_one_line(SafetensorsContents contents, int seed)
    {
        byte[] file = contents.Write();
        Random random = new(seed);
        for (int i = 0; i < 20; i++)
        {
            byte[] damaged = Damaged(file, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                using SafetensorsReader reader = new(new MemoryStream(damaged), "f");
                foreach (SafetensorsEntry entry in reader.Tensors)
                {
                    // Whatever is accepted lies within the file.
                    byte[] data = new byte[entry.ByteCount];
                    reader.Read(entry, data);
                }
            }
            catch (FileFormatException failure)
            {
                Assert.StartsWith("f", failure.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', failure.Message);
                Assert.True(failure.Message.Length < 1000, failure.Message);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000 + (100L * damaged.Length));
        }
    }

    [Property(MaxTest = 500)]
    public void Numbers_of_every_floating_point_type_are_exact(ulong bits)
    {
        double exact = BitConverter.UInt64BitsToDouble(bits);
        foreach ((ElementType type, double value) in new[]
        {
            (ElementType.Float64, exact), (ElementType.Float32, (double)(float)exact), (ElementType.Float16, (double)(Half)exact),
            (ElementType.BFloat16, BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits((float)exact) & 0xFFFF_0000)),
        })
        {
            byte[] stored = new byte[ElementFormat.BitsOf(type) / 8];
            ElementFormat.Encode(type, [value], stored);
            double[] read = new double[1];
            ElementFormat.Decode(type, stored, read);
            Assert.Equal(value, read[0]);
        }
    }

    [Fact]
    public void Rounding_to_bfloat16_is_to_nearest_with_ties_to_even()
    {
        // The gap after 1 is 2⁻⁷.
        double[] values = [1 + (1 / 256.0), 1 + (3 / 256.0), 1 + (1.01 / 256), -1 - (1.01 / 256), float.MaxValue];
        byte[] stored = new byte[2 * values.Length];
        ElementFormat.Encode(ElementType.BFloat16, values, stored);
        double[] read = new double[values.Length];
        ElementFormat.Decode(ElementType.BFloat16, stored, read);
        Assert.Equal([1, 1 + (1 / 64.0), 1 + (1 / 128.0), -1 - (1 / 128.0), double.PositiveInfinity], read);
    }

    private static byte[] Damaged(byte[] file, Random random)
    {
        byte[] damaged = [.. file];
        for (int k = random.Next(1, 4); k > 0 && damaged.Length > 0; k--)
        {
            int place = random.Next(damaged.Length);
            switch (random.Next(5))
            {
                case 0:
                    damaged[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged[place] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged = damaged[..place];
                    break;
                case 3:
                    damaged = [.. damaged[..place], .. damaged[place..], .. damaged[..random.Next(place + 1)]];
                    break;
                default:
                    int end = random.Next(place, damaged.Length);
                    damaged = [.. damaged[..end], .. damaged[place..]];
                    break;
            }
        }

        return damaged;
    }
}
