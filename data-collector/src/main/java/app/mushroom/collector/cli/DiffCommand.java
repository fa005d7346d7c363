package app.mushroom.collector.cli;

import app.mushroom.collector.versions.VersionDiff;
import app.mushroom.collector.versions.VersionDiff.Change;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mushroom collect diff}. */
@Command(
    name = "diff",
    description = "Tells what one version has that another has not.",
    mixinStandardHelpOptions = true,
    versionProvider = CollectorApplication.Version.class,
    footerHeading = "%nExamples:%n",
    footer = {"  mushroom collect diff 3", "  mushroom collect diff 2 5"})
final class DiffCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final DatasetOptions dataset = new DatasetOptions();

  @Parameters(index = "0", paramLabel = "BEFORE", description = "A version's number.")
  private int before;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "AFTER",
      description = "Another's; the latest if not given.")
  private @Nullable Integer after;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (ObjectStore store = dataset.open()) {
      DatasetVersion one = dataset.read(store, before);
      DatasetVersion other = dataset.read(store, after);
      VersionDiff diff = VersionDiff.of(one, other);
      out.printf(
          "%s: from version %d to version %d%n",
          dataset.dataset(), one.card().version(), other.card().version());
      diff.byLabel()
          .forEach((label, count) -> out.printf(Locale.ROOT, "%-40s %+7d%n", label, count));
      for (Change change : diff.changed()) {
        if (change.isRelabelled()) {
          out.printf(
              "relabelled  %s  %s -> %s%n",
              change.after().sha256(), change.before().label(), change.after().label());
        }
        if (change.isMoved()) {
          out.printf(
              "moved       %s  %s -> %s%n",
              change.after().sha256(),
              change.before().split().name().toLowerCase(Locale.ROOT),
              change.after().split().name().toLowerCase(Locale.ROOT));
        }
      }
      out.printf(
          "%d photos added, %d removed, %d with other words.%n",
          diff.added().size(), diff.removed().size(), diff.changed().size());
      out.flush();
      return ExitCode.OK;
    }
  }
}
