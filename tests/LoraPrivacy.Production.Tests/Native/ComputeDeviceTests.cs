namespace LoraPrivacy.Production.Tests.Native;

public class ComputeDeviceTests
{
    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:4096")]
    [InlineData("")]
    public void ADeviceThatIsNotThereIsNamed(string name)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => ComputeDevice.Choose(name));
        Assert.StartsWith("device ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void TheCpuIsAlwaysThere()
    {
        Assert.Equal(DeviceType.CPU, ComputeDevice.Choose("cpu").type);
        Assert.StartsWith("cpu (", ComputeDevice.Describe(torch.CPU), StringComparison.Ordinal);
        Assert.Equal(torch.cuda.is_available() ? DeviceType.CUDA : DeviceType.CPU, ComputeDevice.Choose().type);
    }

    [Fact]
    public void AFolderWithoutLibtorchIsNamed()
    {
        string? before = Environment.GetEnvironmentVariable(LibtorchLocation.Variable);
        try
        {
            Environment.SetEnvironmentVariable(LibtorchLocation.Variable, AppContext.BaseDirectory);
            LibtorchException exception = Assert.Throws<LibtorchException>(() => LibtorchLocation.Find());
            Assert.StartsWith($"{LibtorchLocation.Variable}={AppContext.BaseDirectory}: there is no ", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(LibtorchLocation.Variable, before);
        }
    }
}
