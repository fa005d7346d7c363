package app.mushroom.api.identification;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the photos of one find. Probabilities are calibrated, in [0, 1]. Fields may be
 * added, and are never renamed. It holds neither photo, nor place, nor date.
 *
 * @param id under which a heatmap can be asked for and feedback given
 * @param created when the answer was made
 * @param photos how many it rests on
 * @param candidates most likely first; absent when the photos show no mushroom
 * @param circumstances what place and date were good for; absent when neither was given
 * @param advice what to do next, the most important first
 * @param warning goes with every answer
 * @param recorded whether this service wrote the identification down; never the photos
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Identification(
    @Schema(description = "Under which a heatmap can be asked for and feedback given") UUID id,
    @Schema(description = "When the answer was made") Instant created,
    @Schema(
            description = "How many photos it rests on",
            minimum = "1",
            maximum = "5",
            example = "2")
        int photos,
    Model model,
    Mushroom mushroom,
    Answer answer,
    Poison poison,
    @Schema(description = "What it could be, most likely first; absent when there is no mushroom")
        @Nullable List<Candidate> candidates,
    @Nullable Circumstances circumstances,
    @Schema(description = "What to do next, the most important first") List<String> advice,
    @Schema(description = "Goes with every answer", example = Sentences.WARNING) String warning,
    @Schema(description = "Whether this service wrote the answer down; never the photos")
        boolean recorded) {

  /** The same, with the word on whether it was written down. */
  public Identification recorded(boolean recorded) {
    return new Identification(
        id,
        created,
        photos,
        model,
        mushroom,
        answer,
        poison,
        candidates,
        circumstances,
        advice,
        warning,
        recorded);
  }

  /** Which model answered. */
  @Schema(name = "AnsweringModel", description = "Which model answered")
  public record Model(
      @Schema(example = "mushrooms") String name,
      @Schema(description = "A published number, or starter", example = "3") String version) {}

  /**
   * Whether the photos show a mushroom at all.
   *
   * @param threshold probability from which on they do
   */
  @Schema(name = "MushroomGate", description = "Whether the photos show a mushroom at all")
  public record Mushroom(
      boolean isMushroom,
      @Schema(minimum = "0", maximum = "1", example = "0.998") double probability,
      @Schema(
              description = "Probability from which on a photo counts as one of a mushroom",
              minimum = "0",
              maximum = "1",
              example = "0.42")
          double threshold) {}

  /**
   * The most precise answer that can be given.
   *
   * @param rank {@code species}, {@code genus} or {@code none}
   * @param label of the species, or the genus in lower case; absent for {@code none}
   * @param commonNames English, the usual one first; may be empty
   * @param probability of the answer; of the likeliest label for {@code none}
   * @param band {@code very_likely}, {@code likely} or {@code uncertain}; absent for {@code none}
   * @param lookAlikes the most dangerous first, with how to tell them apart; for a genus its
   *     poisonous members too
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Answer", description = "The most precise answer that can be given")
  public record Answer(
      @Schema(allowableValues = {"species", "genus", "none"}) String rank,
      @Schema(
              description = "Of a species, or a genus in lower case; absent for none",
              example = "amanita_muscaria")
          @Nullable String label,
      @Schema(example = "Amanita muscaria") @Nullable String scientificName,
      @Schema(example = "fly agaric") @Nullable String commonName,
      @Schema(description = "All English names, the usual one first") List<String> commonNames,
      @Schema(example = "amanita") @Nullable String genus,
      @Schema(example = "Amanitaceae") @Nullable String family,
      @Schema(
              description = "Of the answer; of the likeliest label for none",
              minimum = "0",
              maximum = "1",
              example = "0.93")
          double probability,
      @Schema(
              description = "A word for the probability; absent for none",
              allowableValues = {"very_likely", "likely", "uncertain"})
          @Nullable String band,
      @Schema(
              description =
                  "The most dangerous first, with how to tell them apart; for a genus its poisonous"
                      + " members too")
          List<LookAlike> lookAlikes) {}

  /**
   * Whether it could hurt someone.
   *
   * @param flag {@code poisonous}, {@code not_known_poisonous} or {@code cannot_tell}
   * @param deadly whether what it warns of has killed people
   * @param probability of all poisonous labels together
   * @param reason sentences
   */
  @Schema(name = "Poison", description = "Whether it could hurt someone")
  public record Poison(
      @Schema(allowableValues = {"poisonous", "not_known_poisonous", "cannot_tell"}) String flag,
      @Schema(description = "Whether what it warns of has killed people") boolean deadly,
      @Schema(
              description = "Of all poisonous labels together",
              minimum = "0",
              maximum = "1",
              example = "0.41")
          double probability,
      @Schema(
              example =
                  "Poisonous mushrooms look too much like this one to rule them out. 3 of the 5"
                      + " likeliest are poisonous, together 41 %.")
          String reason) {}

  /** One of the labels it could be. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Candidate", description = "One of the labels it could be")
  public record Candidate(
      @Schema(example = "amanita_muscaria") String label,
      @Schema(allowableValues = {"species", "genus"}) String rank,
      @Schema(example = "Amanita muscaria") String scientificName,
      @Schema(example = "fly agaric") @Nullable String commonName,
      @Schema(description = "All English names, the usual one first") List<String> commonNames,
      @Schema(example = "amanita") @Nullable String genus,
      @Schema(example = "Amanitaceae") @Nullable String family,
      @Schema(minimum = "0", maximum = "1", example = "0.93") double probability,
      @Schema(
              allowableValues = {
                "deadly",
                "poisonous",
                "caution",
                "unknown",
                "not_known_poisonous"
              })
          String toxicity,
      @Schema(description = "The most dangerous first") List<LookAlike> lookAlikes) {}

  /** What something is mistaken for. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "LookAlike", description = "What it is mistaken for")
  public record LookAlike(
      @Schema(description = "Absent where the catalogue has no entry for it")
          @Nullable String label,
      @Schema(example = "Amanita phalloides") String scientificName,
      @Schema(example = "death cap") @Nullable String commonName,
      @Schema(
              allowableValues = {
                "deadly",
                "poisonous",
                "caution",
                "unknown",
                "not_known_poisonous"
              })
          String toxicity,
      @Schema(description = "How to tell them apart") String difference) {}

  /**
   * What place and date were good for. The values themselves are not repeated.
   *
   * @param given {@code place}, {@code date} or both
   * @param used those that moved the probabilities
   * @param note a sentence
   */
  @Schema(
      name = "UsedCircumstances",
      description = "What place and date were good for; the values themselves are not repeated")
  public record Circumstances(
      @Schema(description = "Of place and date those that were given", example = "[\"date\"]")
          List<String> given,
      @Schema(description = "Those that moved the probabilities", example = "[\"date\"]")
          List<String> used,
      String note) {}
}
