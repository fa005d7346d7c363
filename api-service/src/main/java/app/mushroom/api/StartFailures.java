package app.mushroom.api;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.ObjectStoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/** Says in a sentence why the service did not start, and what to do. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailures implements FailureAnalyzer {
  private static final String ACTION =
      "Change the setting, or leave it out for its default. docs/operations.md lists them all.";

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
    if (cause instanceof ConfigurationPropertiesBindException bind) {
      return setting(bind);
    }
    if (cause.getClass() == IllegalArgumentException.class
        && String.valueOf(cause.getMessage()).startsWith("Expected ")) {
      return new FailureAnalysis(cause.getMessage(), ACTION, cause);
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

  /**
   * A value that is out of range says so itself; of one that is none, the binder knows the name.
   */
  private static FailureAnalysis setting(ConfigurationPropertiesBindException failure) {
    @Nullable BindException binding = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException found) {
        binding = found;
      }
      boolean said =
          cause instanceof IllegalArgumentException || cause instanceof InvalidNameException;
      if (said && String.valueOf(cause.getMessage()).startsWith("Expected ")) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), ACTION, failure);
      }
    }
    @Nullable ConfigurationProperty property = binding == null ? null : binding.getProperty();
    if (binding == null || property == null) {
      return new FailureAnalysis("A setting cannot be read.", ACTION, failure);
    }
    return new FailureAnalysis(
        "Expected "
            + property.getName()
            + " to be "
            + kind(binding.getTarget().getType().resolve(Object.class))
            + ", found '"
            + property.getValue()
            + "'"
            + (property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")")
            + ".",
        ACTION,
        failure);
  }

  private static String kind(Class<?> type) {
    if (type == Duration.class) {
      return "a time such as 500ms, 30s, 15m or 365d";
    }
    if (type == DataSize.class) {
      return "a size such as 512KB or 32MB";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == double.class || type == Double.class) {
      return "a number such as 0.25";
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "a whole number";
    }
    return type.isEnum()
        ? "one of " + Arrays.toString(type.getEnumConstants()).replaceAll("[\\[\\]]", "")
        : "something else";
  }
}
