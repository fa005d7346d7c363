package app.mushroom.trainer.cli;

import picocli.CommandLine.Option;

/** Which model a command is about. */
final class ModelOption {

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "mushrooms",
      description = "Model (default: ${DEFAULT-VALUE}).")
  private String name = "mushrooms";

  String name() {
    return name;
  }
}
