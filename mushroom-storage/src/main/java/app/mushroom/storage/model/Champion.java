package app.mushroom.storage.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Which version of a model is being served.
 *
 * @param model its name
 * @param version being served
 * @param promoted when
 * @param reason why
 * @param history the champions before it, newest first, at most 100
 * @param generation of the pointer as it was read, for compare-and-set; not part of the document
 */
public record Champion(
    String model,
    String version,
    Instant promoted,
    String reason,
    List<Entry> history,
    long generation) {

  public Champion {
    history = List.copyOf(history);
  }

  /**
   * A champion of the past.
   *
   * @param version that was served
   * @param promoted when it was promoted
   * @param reason why
   */
  public record Entry(String version, Instant promoted, String reason) {
    public Entry {
      Objects.requireNonNull(version, "history without version");
      Objects.requireNonNull(promoted, "history without promoted");
      Objects.requireNonNull(reason, "history without reason");
    }
  }
}
