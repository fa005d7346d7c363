package app.mushroom.collector.cli;

import app.mushroom.collector.report.LabelTable;
import app.mushroom.collector.report.Printable;
import app.mushroom.collector.report.QualitySummary;
import app.mushroom.collector.versions.VersionFindings;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mushroom collect stats}. */
@Command(
    name = "stats",
    description =
        "Counts a version's photos by label, split, licence and source, and tells what they are worth.",
    mixinStandardHelpOptions = true,
    versionProvider = CollectorApplication.Version.class)
final class StatsCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final DatasetOptions dataset = new DatasetOptions();

  @Parameters(arity = "0..1", paramLabel = "VERSION", description = "Default: the latest.")
  private @Nullable Integer version;

  @Option(
      names = "--review",
      description = {
        "List the photos that a person should look at instead: hash, label, words and source,"
            + " divided by tabs."
      })
  private boolean review;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ObjectStore store = dataset.open()) {
      DatasetVersion read = dataset.read(store, version);
      if (review) {
        int threads = Runtime.getRuntime().availableProcessors();
        review(out, read, VersionFindings.of(store, read, threads).review());
        return ExitCode.OK;
      }
      DatasetCard card = read.card();
      out.printf(
          "%s version %d, %s, made of %s%n",
          card.name(),
          card.version(),
          card.created(),
          card.parent() == null ? "no version before" : "version " + card.parent());
      out.print(LabelTable.of(read.photos()));
      print(out, "licence, as the source states it", card.licences());
      print(out, "source", card.sources());
      print(out, "left out", card.refused());
      QualitySummary.of(card.quality()).forEach(out::println);
      out.flush();
      return ExitCode.OK;
    }
  }

  private static void review(
      PrintWriter out, DatasetVersion version, Map<String, List<String>> flagged) {
    for (DatasetPhoto photo : version.photos()) {
      List<String> of = flagged.get(photo.sha256());
      if (of != null) {
        out.println(
            String.join(
                "\t",
                photo.sha256(),
                photo.label(),
                Printable.of(String.join(",", of)),
                Printable.of(photo.source())));
      }
    }
    out.flush();
  }

  private static void print(PrintWriter out, String what, Map<String, Integer> counts) {
    if (!counts.isEmpty()) {
      out.printf("%n%-40s %7s%n", what, "photos");
      counts.forEach((name, count) -> out.printf("%-40s %7d%n", Printable.of(name), count));
    }
  }
}
