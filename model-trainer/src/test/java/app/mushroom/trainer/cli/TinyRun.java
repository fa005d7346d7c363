package app.mushroom.trainer.cli;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.torchscript.ScriptTensors;
import app.mushroom.trainer.torchscript.TinyBackbone;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The train command on a store of its own with a network and photos that take seconds. */
public final class TinyRun {

  /** Batches of 8 of the half of all photos that is for training. */
  public static final int STEPS_PER_EPOCH = 4 * TinyDataset.PER_LABEL / 2 / 8;

  private static final List<String> RECIPE =
      List.of(
          "--batch-size=8",
          "--smallest-size=32",
          "--largest-size=32",
          "--input-size=32",
          "--learning-rate=0.01",
          "--head-learning-rate=0.02",
          "--stem-share=1",
          "--head-epochs=1",
          "--balance=0",
          "--device=cpu");

  private final Path store;
  private final Path backbone;
  private final StringWriter errors = new StringWriter();

  /**
   * @param folder an empty folder, or one that was used before
   */
  public TinyRun(Path folder) throws Exception {
    this.store = folder.resolve("store");
    this.backbone = folder.resolve("tiny_embedding.pt");
    if (!Files.exists(store)) {
      Files.createDirectories(folder);
      TinyDataset.write(store);
      TinyBackbone.write(backbone);
    }
  }

  public Path store() {
    return store;
  }

  public Path backbone() {
    return backbone;
  }

  /** What the last command complained about. */
  public String errors() {
    return errors.toString();
  }

  /** The arguments of a new run. */
  public List<String> arguments(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--store=" + store));
    arguments.addAll(List.of("--dataset=tiny", "--backbone=" + backbone));
    arguments.addAll(RECIPE);
    arguments.addAll(List.of(more));
    return arguments;
  }

  public int train(String... more) {
    return run(() -> false, arguments(more));
  }

  /** A tiny dataset has too few poisonous photos for a first version to be promoted by itself. */
  public int promote(String version) {
    return run(
        () -> false,
        List.of(
            "models", "promote", version, "--force", "--reason=a tiny one", "--store=" + store));
  }

  /** Goes on with the latest run. */
  public int resume(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--store=" + store, "--resume"));
    arguments.addAll(List.of(more));
    return run(() -> false, arguments);
  }

  /** A new run that is recorded and stops before it has done anything. */
  public RunParameters begin(String... more) throws IOException {
    run(() -> true, arguments(more));
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      RunStore runs = new RunStore(objects);
      return runs.read(runs.runs().get(0), "params.json", RunParameters.class).orElseThrow();
    }
  }

  int run(Interruption.Flag stop, List<String> arguments) {
    errors.getBuffer().setLength(0);
    CommandLine commandLine = TrainerApplication.commandLine(stop);
    commandLine.setErr(new PrintWriter(errors, true));
    return commandLine.execute(arguments.toArray(String[]::new));
  }

  /** The latest run's folder. */
  public Path folder() throws IOException {
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      return store.resolve("runs").resolve(new RunStore(objects).runs().get(0));
    }
  }

  /** Weights and statistics of a published version, as hex. */
  public Map<String, String> network(String version) throws IOException {
    Map<String, String> tensors = new TreeMap<>();
    ScriptTensors.read(store.resolve("models/mushrooms/" + version + "/model.pt"))
        .forEach((name, bytes) -> tensors.put(name, java.util.HexFormat.of().formatHex(bytes)));
    return tensors;
  }

  /** The latest run's epochs without how long they took. */
  public List<Map<?, ?>> epochs() throws IOException {
    return Files.readAllLines(folder().resolve("metrics.jsonl")).stream()
        .<Map<?, ?>>map(line -> JsonDocument.mapper().readValue(line, Map.class))
        .peek(epoch -> epoch.keySet().removeAll(List.of("seconds", "photosPerSecond")))
        .collect(Collectors.toList());
  }
}
