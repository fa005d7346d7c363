package app.mushroom.api;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.ObjectStoreException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in a sentence why the service did not start, and what to do. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailures implements FailureAnalyzer {

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      FailureAnalysis analysis = explain(cause);
      if (analysis != null) {
        return analysis;
      }
    }
    return null;
  }

  private static @Nullable FailureAnalysis explain(Throwable cause) {
    if (cause instanceof PortInUseException inUse) {
      return new FailureAnalysis(
          "Port " + inUse.getPort() + " is already in use.",
          "Stop the program that uses it, or choose other ports: PORT=9100 MANAGEMENT_PORT=9101.",
          cause);
    }
    if (cause instanceof SQLException) {
      return new FailureAnalysis(
          "The database of identifications and feedback cannot be opened: " + cause.getMessage(),
          "If another Mushroom App runs in this folder, stop it or give this one its own database:"
              + " SPRING_DATASOURCE_URL=jdbc:h2:file:./other-folder/mushroom, or the URL of a"
              + " PostgreSQL database.",
          cause);
    }
    if (cause instanceof ObjectStoreException || cause instanceof InvalidNameException) {
      return new FailureAnalysis(
          "The store cannot be opened: " + cause.getMessage(),
          "Set MUSHROOM_STORE to a folder or to gs://bucket[/prefix], with credentials for it.",
          cause);
    }
    return null;
  }
}
