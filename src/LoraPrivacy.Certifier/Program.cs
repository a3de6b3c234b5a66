using LoraPrivacy.Certifier.Commands;

if (FlintLibrary.Missing() is string reason)
{
    Console.Error.WriteLine(reason);
    return 1;
}

RootCommand root = new("Makes and checks the certified test vectors of spec/vectors.") { GenerateCommand.Create(), CheckCommand.Create() };
try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception failure) when (failure is AggregateException or ArgumentException or ArithmeticException or IOException)
{
    Console.Error.WriteLine($"lora-certifier: {(failure is AggregateException { InnerException: Exception inner } ? inner : failure).Message.ReplaceLineEndings(" ")}");
    return 1;
}
