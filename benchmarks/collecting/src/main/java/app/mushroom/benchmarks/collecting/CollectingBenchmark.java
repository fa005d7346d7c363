package app.mushroom.benchmarks.collecting;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Every command prints a Markdown table. */
@Command(
    name = "collecting-benchmark",
    subcommands = {
      HashesCommand.class,
      ChecksCommand.class,
      IndexCommand.class,
      SpeedCommand.class,
      RecordsCommand.class,
      RecordsSearchCommand.class,
      RecordsFreezeCommand.class,
      ManifestCommand.class,
      PolitenessCommand.class
    })
public final class CollectingBenchmark {

  private CollectingBenchmark() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new CollectingBenchmark()).execute(args));
  }
}
