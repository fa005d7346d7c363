package app.mushroom.trainer.cli;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.promotion.Promotion;
import app.mushroom.trainer.promotion.PromotionDecision;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.tracking.Tracking;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
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
    subcommands = {AverageCommand.class, RecalibrateCommand.class},
    description = {
      "Published models: lists them, shows and compares them, and chooses which one is served.",
      "A version is a number of the list, or \"champion\"."
    })
final class ModelsCommand {

  private static final String CHAMPION = "champion";

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Clock clock = Clock.systemUTC();

  @Command(
      description = "Lists all versions; * marks the champion.",
      mixinStandardHelpOptions = true)
  int list(@Mixin StoreOption store) throws IOException {
    try (ObjectStore objects = store.open()) {
      ModelRegistry registry = registry(objects);
      RunStore runs = new RunStore(objects);
      ModelsTable table = new ModelsTable();
      int failed = 0;
      for (String model : registry.models()) {
        for (String version : registry.versions(model)) {
          try {
            table.add(PublishedVersion.read(registry, runs, model, version));
          } catch (IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            failed = TrainerApplication.FAILED;
          }
        }
      }
      print(
          table.isEmpty()
              ? "There are no models in " + objects.location() + ". Make one with: mushroom train"
              : table.toString());
      return failed;
    }
  }

  @Command(
      description = "Shows a version: its standing, the reason, and its model card.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin StoreOption store,
      @Mixin ModelOption model,
      @Option(names = "--json", description = "Print manifest, figures and decision as JSON.")
          boolean json,
      @Parameters(paramLabel = "VERSION") String wanted)
      throws IOException {
    try (ObjectStore objects = store.open()) {
      ModelRegistry registry = registry(objects);
      String version = version(registry, model.name(), wanted);
      PublishedVersion published =
          PublishedVersion.read(registry, new RunStore(objects), model.name(), version);
      if (json) {
        print(new String(JsonDocument.write(published), StandardCharsets.UTF_8));
        return 0;
      }
      print(model.name() + " version " + version + ": " + published.standing());
      Champion champion = published.champion();
      if (champion != null && published.isChampion()) {
        print("Since " + Words.time(champion.promoted()) + " UTC, because: " + champion.reason());
      }
      PromotionDecision decision = published.decision();
      if (decision != null) {
        print("Decided " + Words.time(decision.decided()) + " UTC:");
        decision.sentences().forEach(this::print);
      }
      print("");
      byte[] card = registry.file(model.name(), version, "MODEL_CARD.md");
      print(new String(card, StandardCharsets.UTF_8));
      return 0;
    }
  }

  @Command(
      description = "Compares two versions: parameters, figures, calibration, labels.",
      mixinStandardHelpOptions = true)
  int diff(
      @Mixin StoreOption store,
      @Mixin ModelOption model,
      @Parameters(paramLabel = "A") String a,
      @Parameters(paramLabel = "B") String b)
      throws IOException {
    try (ObjectStore objects = store.open()) {
      ModelRegistry registry = registry(objects);
      RunStore runs = new RunStore(objects);
      String name = model.name();
      print(
          new ModelDifference(
                  registry,
                  runs,
                  PublishedVersion.read(registry, runs, name, version(registry, name, a)),
                  PublishedVersion.read(registry, runs, name, version(registry, name, b)))
              .text());
      return 0;
    }
  }

  @Command(
      description = {
        "Makes a version the champion if it is not worse than the one that is served: on the same",
        "test photos its poison recall is not lower, its poison cost and macro-F1 are not worse",
        "beyond noise, it forgets no label, and its golden inputs reproduce."
      },
      mixinStandardHelpOptions = true)
  int promote(
      @Mixin StoreOption store,
      @Mixin ModelOption model,
      @Option(names = "--reason", description = "In your words, for the history.")
          @Nullable String reason,
      @Option(names = "--force", description = "Promote whatever the checks find; needs --reason.")
          boolean force,
      @Parameters(paramLabel = "VERSION") String version)
      throws IOException {
    Promotion.Wish wish = new Promotion.Wish(reason, force);
    try (TerminalConsole console = new TerminalConsole(System.err);
        ObjectStore objects = Tracking.watch(store.open(), System.getenv(), this::print)) {
      PromotionDecision decision =
          new Promotion(
                  registry(objects),
                  new RunStore(objects),
                  new DatasetRepository(objects),
                  SpeciesCatalogue.load(),
                  console,
                  clock)
              .consider(model.name(), version, wish);
      decision.sentences().forEach(this::print);
      return decision.outcome().isChampion() ? 0 : TrainerApplication.FAILED;
    }
  }

  @Command(
      description = {
        "Makes the champion before this one the champion again, at once and without checks.",
        "A second rollback undoes the first."
      },
      mixinStandardHelpOptions = true)
  int rollback(
      @Mixin StoreOption store,
      @Mixin ModelOption model,
      @Option(names = "--reason", defaultValue = "rolled back", description = "For the history.")
          String reason)
      throws IOException {
    try (ObjectStore objects = Tracking.watch(store.open(), System.getenv(), this::print)) {
      Champion now = registry(objects).rollback(model.name(), reason);
      Champion.Entry before = now.history().get(0);
      print(
          "Rolled back: %s version %s is the champion again, in place of version %s."
              .formatted(model.name(), now.version(), before.version()));
      print(
          "Version %s had been promoted at %s UTC (%s); it stays published."
              .formatted(before.version(), Words.time(before.promoted()), before.reason()));
      print(
          "Servers change over when they next look at the store. To undo this: mushroom models"
              + " rollback");
      return 0;
    }
  }

  @Command(
      description = "Copies a version, verified, into a fresh folder.",
      mixinStandardHelpOptions = true)
  int export(
      @Mixin StoreOption store,
      @Mixin ModelOption model,
      @Parameters(paramLabel = "VERSION") String wanted,
      @Parameters(paramLabel = "FOLDER") Path folder)
      throws IOException {
    try (ObjectStore objects = store.open()) {
      ModelRegistry registry = registry(objects);
      String version = version(registry, model.name(), wanted);
      registry.fetch(model.name(), version, folder);
      print(model.name() + " version " + version + " lies in " + folder + " now.");
      return 0;
    }
  }

  private static String version(ModelRegistry registry, String model, String wanted)
      throws IOException {
    return wanted.equals(CHAMPION)
        ? registry
            .champion(model)
            .orElseThrow(() -> new IOException("There is no champion of model " + model + "."))
            .version()
        : wanted;
  }

  private ModelRegistry registry(ObjectStore store) {
    return new ModelRegistry(store, clock);
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text.endsWith("\n") ? text : text + System.lineSeparator());
    out.flush();
  }
}
