package app.mushroom.collector.report;

import app.mushroom.collector.imports.ImportOutcome;
import app.mushroom.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The report of an import: one HTML page with pictures, complete in itself. */
public final class ImportReport {
  public ImportReport(ObjectStore store, String dataset) {}

  public Optional<String> write(ImportOutcome outcome, @Nullable Path file) throws IOException {
    return Optional.empty();
  }
}
