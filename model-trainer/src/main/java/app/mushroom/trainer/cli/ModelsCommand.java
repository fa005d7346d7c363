package app.mushroom.trainer.cli;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.publishing.BundleMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mushroom models}. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    subcommands = RecalibrateCommand.class,
    description = "Lists published models, shows one, and chooses which one is served.")
final class ModelsCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      description = "Lists all versions; * marks the champion.",
      mixinStandardHelpOptions = true)
  int list(@Mixin StoreOption store) throws IOException {
    try (ObjectStore objects = store.open()) {
      ModelRegistry registry = registry(objects);
      for (String model : registry.models()) {
        Optional<Champion> champion = registry.champion(model);
        for (String version : registry.versions(model)) {
          boolean served = champion.map(c -> c.version().equals(version)).orElse(false);
          print((served ? "* " : "  ") + line(registry, model, version));
        }
      }
      return 0;
    }
  }

  @Command(description = "Shows a version's model card.", mixinStandardHelpOptions = true)
  int show(
      @Mixin StoreOption store,
      @Mixin ModelOption model,
      @Parameters(paramLabel = "VERSION") String version)
      throws IOException {
    try (ObjectStore objects = store.open()) {
      byte[] card = registry(objects).file(model.name(), version, "MODEL_CARD.md");
      print(new String(card, StandardCharsets.UTF_8));
      return 0;
    }
  }

  @Command(description = "Makes a version the champion.", mixinStandardHelpOptions = true)
  int promote(
      @Mixin StoreOption store,
      @Mixin ModelOption model,
      @Option(names = "--reason", defaultValue = "by hand", description = "For the history.")
          String reason,
      @Parameters(paramLabel = "VERSION") String version)
      throws IOException {
    try (ObjectStore objects = store.open()) {
      ModelRegistry registry = registry(objects);
      registry.promote(model.name(), version, reason, registry.champion(model.name()));
      print(model.name() + " version " + version + " is the champion now.");
      return 0;
    }
  }

  @Command(
      description = "Makes the champion before this one the champion again.",
      mixinStandardHelpOptions = true)
  int rollback(
      @Mixin StoreOption store,
      @Mixin ModelOption model,
      @Option(names = "--reason", defaultValue = "rolled back", description = "For the history.")
          String reason)
      throws IOException {
    try (ObjectStore objects = store.open()) {
      Champion champion = registry(objects).rollback(model.name(), reason);
      print(model.name() + " version " + champion.version() + " is the champion again.");
      return 0;
    }
  }

  @Command(
      description = "Copies a version, verified, into a fresh folder.",
      mixinStandardHelpOptions = true)
  int export(
      @Mixin StoreOption store,
      @Mixin ModelOption model,
      @Parameters(paramLabel = "VERSION") String version,
      @Parameters(paramLabel = "FOLDER") Path folder)
      throws IOException {
    try (ObjectStore objects = store.open()) {
      registry(objects).fetch(model.name(), version, folder);
      print(model.name() + " version " + version + " lies in " + folder + " now.");
      return 0;
    }
  }

  private static String line(ModelRegistry registry, String model, String version)
      throws IOException {
    BundleManifest manifest = registry.manifest(model, version);
    byte[] bytes = registry.file(model, version, "metrics.json");
    Figures test = JsonDocument.read(bytes, BundleMetrics.class, "metrics.json").test();
    return String.format(
        Locale.ROOT,
        "%s %-4s %s  %s  top-1 %.1f %%, poisonous flagged or cannot tell %.1f %%",
        model,
        version,
        manifest.created(),
        manifest.architecture(),
        100 * test.top1(),
        100 * test.poisonRecall());
  }

  private static ModelRegistry registry(ObjectStore store) {
    return new ModelRegistry(store, Clock.systemUTC());
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
