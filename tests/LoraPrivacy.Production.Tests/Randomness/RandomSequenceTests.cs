namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>The streams that every A, batch and noise come from. Statistical tests have a false-alarm rate of 1e-9 each.</summary>
public sealed class RandomSequenceTests
{
    private const int Draws = 40_000;

    [Fact]
    public void The_cipher_to_compare_with_gives_the_example_of_its_standard()
    {
        // FIPS 197, appendix C.3.
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        byte[] text = Convert.FromHexString("00112233445566778899aabbccddeeff");
        Assert.Equal("8ea2b7ca516745bfeafc49904b496089", Convert.ToHexStringLower(new BlockCipher(key).Encrypt(text)));
    }

    [Property(MaxTest = 20)]
    public void A_stream_is_AES_256_in_counter_mode_under_the_HMAC_of_its_name(long seed, string? purpose, long number)
    {
        byte[] key = SHA256.HashData([.. Encoding.ASCII.GetBytes("LoraPrivacy seed"), .. Bytes(seed)]);
        BlockCipher cipher = new(Hmac(key, [.. Bytes(number), .. Encoding.UTF8.GetBytes(purpose ?? "")]));
        using RandomSequence sequence = RandomSource.FromSeed(seed).Sequence(purpose ?? "", number);
        // Past the buffer's 512 blocks.
        for (ulong block = 0; block < 520; block++)
        {
            (ulong low, ulong high) = (sequence.NextUInt64(), sequence.NextUInt64());
            if (block is < 3 or > 510)
            {
                byte[] expected = cipher.Encrypt([.. Bytes((long)block), .. new byte[8]]);
                Assert.Equal(BinaryPrimitives.ReadUInt64LittleEndian(expected), low);
                Assert.Equal(BinaryPrimitives.ReadUInt64LittleEndian(expected.AsSpan(8)), high);
            }
        }
    }

    [Fact]
    public void The_same_name_gives_the_same_stream_from_an_exported_key_too_and_fresh_sources_differ()
    {
        RandomSource source = RandomSource.Fresh();
        Assert.Equal(Uniform(source.Sequence("a", 3), 9), Uniform(RandomSource.FromKey(source.ExportKey()).Sequence("a", 3), 9));
        Assert.NotEqual(source.ExportKey(), RandomSource.Fresh().ExportKey());
    }

    [Fact]
    public void Uniform_numbers_are_uniform_and_independent_of_the_next()
    {
        double[] draws = Uniform(RandomSource.FromSeed(1).Sequence("uniform"), Draws);
        Assert.All(draws, u => Assert.InRange(u, double.Epsilon, 1 - double.Epsilon));
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(draws));
        Assert.False(ExactBinomial.RejectsIndependence(draws));
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(draws.Select(u => Math.Pow(u, 1.1))));
        Assert.True(ExactBinomial.RejectsIndependence(draws, draws));
    }

    [Fact]
    [Trait("Statement", "S29")]
    public void Normal_numbers_are_normal_and_independent_of_the_next()
    {
        double[] draws = Normal(RandomSource.FromSeed(2).Sequence("normal"), Draws);
        double[] uniform = [.. draws.Select(NormalDistribution.Cdf)];
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(uniform));
        Assert.False(ExactBinomial.RejectsIndependence(uniform));
        Assert.False(ExactBinomial.RejectsIndependence([.. draws.Select(z => 1 - (2 * NormalDistribution.ComplementaryCdf(Math.Abs(z))))]));
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(draws.Select(z => NormalDistribution.Cdf(z / 1.1))));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(4.5)]
    public void The_tails_of_normal_numbers_hold_what_they_should(double threshold)
    {
        const int Count = 2_000_000;
        double[] draws = Normal(RandomSource.FromSeed(3).Sequence("tails"), Count);
        int beyond = draws.Count(z => Math.Abs(z) > threshold);
        Assert.False(ExactBinomial.Rejects(beyond, Count, 2 * NormalDistribution.ComplementaryCdf(threshold)));
        Assert.True(ExactBinomial.Rejects(beyond, Count, 2 * NormalDistribution.ComplementaryCdf(threshold * 0.8)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(10)]
    public void Whole_numbers_stay_in_range_and_are_equally_likely(long bound)
    {
        using RandomSequence sequence = RandomSource.FromSeed(4).Sequence("integers");
        int[] counts = new int[bound];
        for (int draw = 0; draw < Draws; draw++)
        {
            counts[sequence.NextInteger(bound)]++;
        }

        Assert.All(counts, count => Assert.Equal(bound == 1, count == Draws));
        Assert.All(counts, count => Assert.True(bound == 1 || !ExactBinomial.Rejects(count, Draws, 1.0 / bound)));
    }

    [Fact]
    public void A_bound_that_does_not_divide_2_to_the_64_gives_no_number_an_advantage()
    {
        // A remainder would favour the lower third, and a product without refusals the residues 0 and 1 modulo 3: by 3 to 2.
        const long Bound = 3L << 61;
        using RandomSequence sequence = RandomSource.FromSeed(5).Sequence("integers"), raw = RandomSource.FromSeed(5).Sequence("raw");
        long[] draws = [.. Enumerable.Range(0, Draws).Select(_ => sequence.NextInteger(Bound))];
        Assert.All(draws, draw => Assert.InRange(draw, 0, Bound - 1));
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(draws.Select(draw => (double)draw / Bound)));
        Assert.False(ExactBinomial.Rejects(draws.Count(draw => draw % 3 == 2), Draws, 1 / 3.0));
        ulong[] words = [.. Enumerable.Range(0, Draws).Select(_ => raw.NextUInt64())];
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(words.Select(word => (double)(word % Bound) / Bound)));
        Assert.True(ExactBinomial.Rejects(words.Count(word => Math.BigMul(word, Bound, out _) % 3 == 2), Draws, 1 / 3.0));
        Assert.Throws<ArgumentOutOfRangeException>("bound", () => sequence.NextInteger(0));
    }

    [Fact]
    public void Streams_of_other_names_numbers_and_seeds_have_nothing_in_common()
    {
        string[] purposes = ["A h.0", "A h.1", "noise", "", "A h.0\0", "batch"];
        List<double[]> streams = [.. from seed in new long[] { 0, 1, -1 }
            from purpose in purposes
            from number in new long[] { 0, 1, 2, 256, -1 }
            select Uniform(RandomSource.FromSeed(seed).Sequence(purpose, number), 2000)];
        // 90 streams of 2,000 draws out of 2⁵³: two are equal with probability 2e-6; none at the same place but with 1e-9.
        Assert.Equal(2000 * streams.Count, Enumerable.Range(0, 2000).Sum(i => streams.Select(stream => stream[i]).Distinct().Count()));
        // Neighbours in the list differ in one part of the name; together they are one long sample.
        Assert.False(ExactBinomial.RejectsIndependence(streams.SkipLast(1).Where((_, i) => i % 2 == 0).SelectMany(stream => stream),
            streams.Where((_, i) => i % 2 == 1).SelectMany(stream => stream)));
    }

    private static byte[] Hmac(byte[] key, byte[] message)
    {
        byte[] padded = [.. key, .. new byte[64 - key.Length]];
        byte[] inner = SHA256.HashData([.. padded.Select(value => (byte)(value ^ 0x36)), .. message]);
        return SHA256.HashData([.. padded.Select(value => (byte)(value ^ 0x5c)), .. inner]);
    }

    private static byte[] Bytes(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static double[] Uniform(RandomSequence sequence, int count)
    {
        using (sequence)
        {
            double[] values = new double[count];
            sequence.FillUniform(values);
            return values;
        }
    }

    private static double[] Normal(RandomSequence sequence, int count)
    {
        using (sequence)
        {
            double[] values = new double[count];
            sequence.FillNormal(values);
            return values;
        }
    }
}
