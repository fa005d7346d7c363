package app.mushroom.trainer.cli;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.trainer.evaluation.EvaluationDetails;
import app.mushroom.trainer.report.Part;
import app.mushroom.trainer.report.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the long form of an evaluation goes. */
final class ReportOptions {

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Where the HTML report goes (default: evaluation-<model>-<version>-<split>.html in the"
              + " current folder; with --json none).")
  private @Nullable Path report;

  @Option(names = "--no-report", description = "Write no report.")
  private boolean none;

  @Option(
      names = "--details",
      paramLabel = "FILE",
      description = "Write all that the report tells as JSON, for programs.")
  private @Nullable Path details;

  /** What {@code --details} writes. */
  private record Document(
      int schemaVersion,
      String model,
      String modelVersion,
      DatasetReference dataset,
      Split split,
      EvaluationDetails details) {}

  /**
   * The file that {@code --report} names; null without.
   *
   * @throws IOException if nothing can be written there, which is better known before the long work
   */
  @Nullable Path named() throws IOException {
    Path file = report;
    if (none || file == null) {
      return null;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
      throw new IOException(
          "Expected --report to name a file in a folder that can be written, found " + file + ".");
    }
    return file;
  }

  /** The same, or else a file in the current folder; null for none. */
  @Nullable Path page(BundleManifest manifest, Split split, PrintWriter out) throws IOException {
    Path file = named();
    if (none || file != null) {
      return file;
    }
    Path folder = Path.of("").toAbsolutePath();
    if (!Files.isWritable(folder)) {
      out.printf("No report: %s cannot be written. Name a file with --report.%n", folder);
      return null;
    }
    return folder.resolve(
        "evaluation-%s-%s-%s.html"
            .formatted(manifest.name(), manifest.version(), EvaluateCommand.name(split)));
  }

  boolean wantsDetails() {
    return details != null;
  }

  /** Writes {@code --details} where it was asked for. */
  void writeDetails(Provenance provenance, Part part) throws IOException {
    Path file = details;
    if (file != null) {
      Document document =
          new Document(
              JsonDocument.SCHEMA_VERSION,
              provenance.bundle().name(),
              provenance.bundle().version(),
              provenance.dataset(),
              part.split(),
              part.details());
      WholeFile.write(file, JsonDocument.write(document));
    }
  }
}
