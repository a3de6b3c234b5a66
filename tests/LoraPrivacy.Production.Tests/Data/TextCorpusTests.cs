namespace LoraPrivacy.Production.Tests.Data;

public class TextCorpusTests
{
    [Fact]
    public void The_bundled_text_is_the_one_that_its_README_describes()
    {
        TextCorpus corpus = TextCorpus.Bundled();
        byte[] text = [.. corpus.Training.Span, .. corpus.HeldOut.Span];
        Assert.Equal(1_115_394, text.Length);
        Assert.Equal("86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed", Convert.ToHexStringLower(SHA256.HashData(text)));
        Assert.Equal(111_539, corpus.HeldOut.Length);
        Assert.StartsWith("First Citizen:\nBefore we proceed", Encoding.ASCII.GetString(corpus.Training.Span[..40]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0, 10, 0)]
    [InlineData(0.25, 8, 2)]
    [InlineData(0.99, 1, 9)]
    public void A_share_at_the_end_is_held_out(double share, int training, int heldOut)
    {
        TextCorpus corpus = new("ten", "0123456789"u8.ToArray(), share);
        Assert.Equal("0123456789"u8[..training].ToArray(), corpus.Training.ToArray());
        Assert.Equal("0123456789"u8[^heldOut..].ToArray(), corpus.HeldOut.ToArray());
    }

    [Fact]
    public void A_file_is_read_byte_by_byte()
    {
        string path = Path.GetTempFileName();
        try
        {
            byte[] text = [0xff, 0x00, 0x0a, 0xc3, 0xa9];
            File.WriteAllBytes(path, text);
            TextCorpus corpus = TextCorpus.Read(path, 0);
            Assert.Equal(text, corpus.Training.ToArray());
            Assert.Equal(path, corpus.Name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Files_of_the_wrong_size_are_refused_without_being_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            FileFormatException empty = Assert.Throws<FileFormatException>(() => TextCorpus.Read(path));
            Assert.Equal($"{path}: must have between 2 and 67108864 bytes of text, but has 0", empty.Message);
            // Sparse: the file has no data on the disk.
            using (FileStream file = File.OpenWrite(path))
            {
                file.SetLength(TextCorpus.LargestFile + 1);
            }

            FileFormatException large = Assert.Throws<FileFormatException>(() => TextCorpus.Read(path));
            Assert.Equal($"{path}: must have between 2 and 67108864 bytes of text, but has 67108865", large.Message);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Throws<FileNotFoundException>(() => TextCorpus.Read(path));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_share_out_of_range_is_refused(double share)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new TextCorpus("two", "ab"u8.ToArray(), share));

    [Fact]
    public void A_text_of_one_byte_is_refused()
        => Assert.Throws<ArgumentException>(() => new TextCorpus("one", "a"u8.ToArray()));
}
