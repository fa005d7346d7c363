package app.mushroom.trainer.training;

import ai.djl.engine.EngineException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** There was not enough memory: Java's, the machine's or the GPU's; the message says which. */
public final class MemoryExhaustedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final String SMALLER =
      "Free memory and resume, or start a new run with a smaller --batch-size or --largest-size.";

  private MemoryExhaustedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * @return the failure in plain words if lack of memory is behind it
   */
  public static Optional<MemoryExhaustedException> behind(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .flatMap(cause -> explain(cause).stream())
        .findFirst()
        .map(message -> new MemoryExhaustedException(message, failure));
  }

  private static Optional<String> explain(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof OutOfMemoryError) {
      long megabytes = Runtime.getRuntime().maxMemory() / 1_000_000;
      return Optional.of(
          "Java ran out of memory ("
              + text
              + "; it may use "
              + megabytes
              + " MB). Give it more, for example JDK_JAVA_OPTIONS=-Xmx4g, and resume, or start a"
              + " new run with a smaller --batch-size or --largest-size.");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (!(cause instanceof EngineException)) {
      return Optional.empty();
    }
    if (lower.contains("cuda out of memory") || lower.contains("cuda error: out of memory")) {
      return Optional.of("The GPU ran out of memory (" + firstLine(text) + "). " + SMALLER);
    }
    boolean exhausted =
        lower.contains("can't allocate memory")
            || lower.contains("not enough memory")
            || lower.contains("bad_alloc");
    return exhausted
        ? Optional.of("The machine ran out of memory (" + firstLine(text) + "). " + SMALLER)
        : Optional.empty();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
