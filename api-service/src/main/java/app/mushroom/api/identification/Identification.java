package app.mushroom.api.identification;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the photos of one find. Probabilities are calibrated, in [0, 1].
 *
 * @param id under which a heatmap can be asked for and feedback given
 * @param candidates most likely first; absent when the photos show no mushroom
 * @param advice what to do next, the most important first
 * @param warning goes with every answer
 * @param recorded whether this service wrote the identification down; never the photos
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Identification(
    UUID id,
    Model model,
    Mushroom mushroom,
    Answer answer,
    Poison poison,
    @Nullable List<Candidate> candidates,
    List<String> advice,
    String warning,
    boolean recorded) {

  /** The same, with the word on whether it was written down. */
  public Identification recorded(boolean recorded) {
    return new Identification(
        id, model, mushroom, answer, poison, candidates, advice, warning, recorded);
  }

  /** Which model answered. */
  public record Model(String name, String version) {}

  /** Whether the photos show a mushroom at all. */
  public record Mushroom(boolean isMushroom, double probability) {}

  /**
   * The most precise answer that can be given.
   *
   * @param rank {@code species}, {@code genus} or {@code none}
   * @param label of the species, or the genus in lower case; absent for {@code none}
   * @param probability of the answer; of the likeliest label for {@code none}
   * @param band {@code very_likely}, {@code likely} or {@code uncertain}; absent for {@code none}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Answer(
      String rank,
      @Nullable String label,
      @Nullable String scientificName,
      @Nullable String commonName,
      double probability,
      @Nullable String band) {}

  /**
   * Whether it could hurt someone.
   *
   * @param flag {@code poisonous}, {@code not_known_poisonous} or {@code cannot_tell}
   * @param deadly whether what it warns of has killed people
   * @param probability of all poisonous labels together
   * @param reason a sentence
   */
  public record Poison(String flag, boolean deadly, double probability, String reason) {}

  /** One of the labels it could be. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Candidate(
      String label,
      String rank,
      String scientificName,
      @Nullable String commonName,
      @Nullable String genus,
      double probability,
      String toxicity,
      List<LookAlike> lookAlikes) {}

  /** What a candidate is mistaken for. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LookAlike(
      @Nullable String label, String scientificName, String toxicity, String difference) {}
}
