using LoraPrivacy.CommandLine.Input;

namespace LoraPrivacy.Laboratory.Tests.Training;

public class TableDataTests
{
    private static readonly RandomSource Source = RandomSource.FromSeed(1);

    [Fact]
    public void A_sorted_table_that_is_not_private_is_split_at_random_and_scaled_by_its_columns()
    {
        using TemporaryDirectory files = new();
        string file = Table(files, "sorted.csv", Enumerable.Range(0, 150).Select(i => FormattableString.Invariant($"{5 + (i / 50)}.5,{i % 7},{i / 50}")));
        TableData data = TableData.Read(file, null, Source);
        Assert.Equal((135, 15, 0), (data.Training.Labels.Count, data.HeldOut.Labels.Count, data.Dropped));
        Assert.Equal(3, data.HeldOut.Labels.Distinct().Count());
        Assert.Equal([(5.5, 7.5), (0.0, 6.0)], data.Schema.Ranges);
        Assert.Equal((0, 1), (data.Training.Features.Min(), data.Training.Features.Max()));
    }

    [Fact]
    public void Another_file_is_held_out_whole()
    {
        using TemporaryDirectory files = new();
        string file = Table(files, "training.csv", ["0,1,0", "10,1,1", "5,1,0"]);
        string other = Table(files, "other.csv", ["-5,1,2", "5,3,0"]);
        TableData plain = TableData.Read(file, other, Source);
        Assert.Equal((3, 2, 3), (plain.Training.Labels.Count, plain.HeldOut.Labels.Count, plain.Schema.Classes));

        // A column without a range is 0, and what is beyond the range to train on is cut.
        Assert.Equal([0, 0, 0.5, 0], plain.HeldOut.Features);
        TableData secret = TableData.ReadPrivate(file, other, new TableSchema(2, [(0, 10), (0, 4)]), Source);
        Assert.Equal([0, 0.25, 1, 0.25, 0.5, 0.25], secret.Training.Features);
        Assert.Equal([0L], secret.HeldOut.Labels);
        Assert.Equal(1, secret.Dropped);
        Assert.Equal(3, TableData.ReadPrivate(file, file, new TableSchema(2, [(0, 10), (0, 4)]), Source).HeldOut.Labels.Count);
        string wide = Table(files, "wide.csv", ["1,2,3,0", "1,2,3,1"]);
        Assert.Equal(
            $"{wide}: must have 2 features and a label a line, as {file} has, but has 3 features",
            Assert.Throws<InputException>(() => TableData.Read(file, wide, Source)).Message);
    }

    private static string Table(TemporaryDirectory files, string name, IEnumerable<string> lines) => files.Write(name, Encoding.UTF8.GetBytes(string.Join('\n', lines)));
}
