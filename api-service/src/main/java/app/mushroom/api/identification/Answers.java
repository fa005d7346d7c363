package app.mushroom.api.identification;

import app.mushroom.api.model.LoadedModel;
import app.mushroom.vision.decision.AnswerRank;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts an assessment into the words of the API. */
@Component
class Answers {
  private final SpeciesCatalogue catalogue;

  Answers(SpeciesCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  Identification identification(UUID id, LoadedModel model, Assessment assessment, int limit) {
    return new Identification(
        id,
        new Identification.Model(model.name(), model.version()),
        new Identification.Mushroom(assessment.isMushroom(), assessment.mushroomProbability()),
        answer(assessment),
        new Identification.Poison(
            json(assessment.flag()),
            assessment.deadly(),
            assessment.poisonProbability(),
            assessment.reason().sentence()),
        assessment.isMushroom() ? candidates(assessment, model.labels(), limit) : null,
        Sentences.advice(assessment),
        Sentences.WARNING,
        false);
  }

  private Identification.Answer answer(Assessment assessment) {
    String label = assessment.answer();
    Optional<Species> species = Optional.ofNullable(label).flatMap(catalogue::find);
    return new Identification.Answer(
        json(assessment.rank()),
        label,
        scientificName(assessment, species),
        species.map(Answers::commonName).orElse(null),
        assessment.answerProbability(),
        assessment.band() == null ? null : json(assessment.band()));
  }

  private static @Nullable String scientificName(Assessment assessment, Optional<Species> species) {
    String label = assessment.answer();
    if (label == null) {
      return null;
    }
    return species.map(Species::scientificName).orElseGet(() -> capitalised(label, assessment));
  }

  /** For labels that the catalogue does not hold: names are written with a leading capital. */
  private static String capitalised(String label, Assessment assessment) {
    String name = assessment.rank() == AnswerRank.GENUS ? label : label.replace('_', ' ');
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private List<Identification.Candidate> candidates(
      Assessment assessment, LabelSet labels, int limit) {
    return Arrays.stream(assessment.ranking())
        .limit(limit)
        .mapToObj(index -> candidate(labels.get(index), assessment.probabilities()[index]))
        .toList();
  }

  private Identification.Candidate candidate(Label label, double probability) {
    Optional<Species> species = catalogue.find(label.label());
    Toxicity known = species.map(Species::toxicity).orElse(label.toxicity());
    return new Identification.Candidate(
        label.label(),
        label.rank(),
        label.scientificName(),
        species.map(Answers::commonName).orElse(null),
        label.genus(),
        probability,
        label.toxicity().worse(known).json(),
        species.map(Answers::lookAlikes).orElse(List.of()));
  }

  private static @Nullable String commonName(Species species) {
    return species.commonNames().isEmpty() ? null : species.commonNames().get(0);
  }

  private static List<Identification.LookAlike> lookAlikes(Species species) {
    return species.lookAlikes().stream()
        .map(
            other ->
                new Identification.LookAlike(
                    other.label(),
                    other.scientificName(),
                    other.toxicity().json(),
                    other.difference()))
        .toList();
  }

  private static String json(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
