using LoraPrivacy.CommandLine.Data;

namespace LoraPrivacy.Oracle.Tests.Data;

public class DigitImagesTests
{
    private static readonly DigitImages All = DigitImages.Read();

    [Fact]
    public void All_digits_are_there()
    {
        Assert.Equal(1797, All.Count);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], All.Labels.Take(10));
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], All.Labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.All(All.Pixels.Cast<double>(), pixel => Assert.True(pixel is >= 0 and <= 1 && pixel * 16 % 1 == 0));
        Assert.Equal(1, All.Pixels.Cast<double>().Max());
    }

    [Fact]
    public void Training_and_held_out_images_are_all_images()
    {
        Assert.Equal(1500, All.Training.Count);
        Assert.Equal(297, All.HeldOut.Count);
        Assert.Equal(All.Labels, All.Training.Labels.Concat(All.HeldOut.Labels));
        Assert.Equal(All.Pixels.Cast<double>(), All.Training.Pixels.Cast<double>().Concat(All.HeldOut.Pixels.Cast<double>()));
    }

    [Fact]
    public void A_range_has_its_images()
    {
        DigitImages range = All.Range(500, 2);
        Assert.Equal(2, range.Count);
        for (int j = 0; j < DigitImages.PixelCount; j++)
        {
            Assert.Equal(All.Pixels[501, j], range.Pixels[1, j]);
        }

        double[,] targets = range.OneHotLabels();
        Assert.Equal(1, targets[1, All.Labels[501]]);
        Assert.Equal(2, targets.Cast<double>().Sum());
        Assert.Throws<ArgumentOutOfRangeException>(() => All.Range(1796, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => All.Range(-1, 2));
    }
}
