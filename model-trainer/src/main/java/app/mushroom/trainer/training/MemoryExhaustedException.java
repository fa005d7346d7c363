package app.mushroom.trainer.training;

import ai.djl.engine.EngineException;
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
    if (!(cause instanceof EngineException)) {
      return Optional.empty();
    }
    return line(text, "CUDA out of memory", "CUDA error: out of memory")
        .map(line -> "The GPU ran out of memory (" + line + "). " + SMALLER)
        .or(
            () ->
                line(text, "can't allocate memory", "not enough memory", "bad_alloc")
                    .map(line -> "The machine ran out of memory (" + line + "). " + SMALLER));
  }

  /** The line of a long message that has one of these phrases. */
  private static Optional<String> line(String text, String... phrases) {
    return text.lines()
        .filter(line -> Stream.of(phrases).anyMatch(line::contains))
        .map(String::strip)
        .findFirst();
  }
}
