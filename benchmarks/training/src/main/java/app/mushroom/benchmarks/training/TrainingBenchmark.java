package app.mushroom.benchmarks.training;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Every command prints its figures as one JSON object a line. */
@Command(
    name = "training-benchmark",
    subcommands = {StepsCommand.class, EpochsCommand.class, HeadCommand.class})
public final class TrainingBenchmark {

  private TrainingBenchmark() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new TrainingBenchmark()).execute(args));
  }
}
