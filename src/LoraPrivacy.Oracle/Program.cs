using LoraPrivacy.Oracle.Commands;

return await OracleCommand.Create().RunAsync(args).ConfigureAwait(false);
