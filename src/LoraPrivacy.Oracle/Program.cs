using LoraPrivacy.Oracle.Commands;

return args is [TesteeGuard.Verb, _, _, ..] ? TesteeGuard.Run(args[1..]) : await OracleCommand.Create().RunAsync(args).ConfigureAwait(false);
