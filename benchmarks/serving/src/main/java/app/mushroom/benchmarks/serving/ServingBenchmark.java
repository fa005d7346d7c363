package app.mushroom.benchmarks.serving;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Every command prints Markdown tables. */
@Command(
    name = "serving-benchmark",
    subcommands = {ClosedCommand.class, OpenCommand.class, SoakCommand.class})
final class ServingBenchmark {

  private ServingBenchmark() {}

  public static void main(String[] args) {
    // As the API sets them: one thread a call, and nothing from the network.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.onnx.disable_alternative", "true");
    System.exit(new CommandLine(new ServingBenchmark()).execute(args));
  }
}
