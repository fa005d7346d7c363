package app.mushroom.api.identification;

import app.mushroom.api.model.LoadedModel;
import app.mushroom.vision.decision.AnswerRank;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.Circumstances;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.time.Instant;
import java.util.ArrayList;
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
  /** Whose look-alikes stand beside an answer that names no species, whatever limit was asked. */
  private static final int LIKELIEST = 5;

  private final SpeciesCatalogue catalogue;
  private final LookAlikes lookAlikes;

  Answers(SpeciesCatalogue catalogue) {
    this.catalogue = catalogue;
    this.lookAlikes = new LookAlikes(catalogue);
  }

  /**
   * @param id of version 7, which tells the time
   */
  Identification identification(UUID id, LoadedModel model, Assessment assessment, Query query) {
    return new Identification(
        id,
        Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16),
        query.photos().size(),
        new Identification.Model(model.name(), model.version()),
        new Identification.Mushroom(
            assessment.isMushroom(),
            assessment.mushroomProbability(),
            model.policy().gateThreshold()),
        answer(assessment, model.labels()),
        new Identification.Poison(
            json(assessment.flag()),
            assessment.deadly(),
            assessment.poisonProbability(),
            assessment.explanation()),
        assessment.isMushroom() ? candidates(assessment, model.labels(), query.limit()) : null,
        circumstances(assessment, query.circumstances()),
        Sentences.advice(assessment),
        Sentences.WARNING,
        false);
  }

  private Identification.Answer answer(Assessment assessment, LabelSet labels) {
    String label = assessment.answer();
    Optional<Species> species = Optional.ofNullable(label).flatMap(catalogue::find);
    return new Identification.Answer(
        json(assessment.rank()),
        label,
        scientificName(assessment, species),
        species.map(Answers::commonName).orElse(null),
        species.map(Species::commonNames).orElse(List.of()),
        genus(assessment, species),
        family(assessment, species),
        assessment.answerProbability(),
        assessment.band() == null ? null : json(assessment.band()),
        lookAlikes(assessment, species, labels));
  }

  private static @Nullable String genus(Assessment assessment, Optional<Species> species) {
    return assessment.rank() == AnswerRank.GENUS
        ? assessment.answer()
        : species.map(Species::genus).orElse(null);
  }

  private @Nullable String family(Assessment assessment, Optional<Species> species) {
    if (assessment.rank() != AnswerRank.GENUS) {
      return species.map(Species::family).orElse(null);
    }
    return catalogue.all().stream()
        .filter(member -> member.genus().equals(assessment.answer()) && member.family() != null)
        .map(Species::family)
        .findFirst()
        .orElse(null);
  }

  private List<Identification.LookAlike> lookAlikes(
      Assessment assessment, Optional<Species> species, LabelSet labels) {
    if (!assessment.isMushroom()) {
      return List.of();
    }
    List<String> likely =
        Arrays.stream(assessment.ranking())
            .limit(LIKELIEST)
            .mapToObj(i -> labels.get(i).label())
            .toList();
    String answer = assessment.answer();
    return switch (assessment.rank()) {
      case SPECIES -> species.map(lookAlikes::of).orElse(List.of());
      case GENUS -> answer == null ? List.of() : lookAlikes.ofGenus(answer, likely);
      case NONE -> lookAlikes.ofAny(likely);
    };
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
        species.map(Species::commonNames).orElse(List.of()),
        label.genus(),
        species.map(Species::family).orElse(null),
        probability,
        label.toxicity().worse(known).json(),
        species.map(lookAlikes::of).orElse(List.of()));
  }

  private static Identification.@Nullable Circumstances circumstances(
      Assessment assessment, Circumstances circumstances) {
    List<String> given = new ArrayList<>();
    List<String> used = new ArrayList<>();
    if (circumstances.cell() != null) {
      given.add("place");
    }
    if (circumstances.month() != null) {
      given.add("date");
    }
    if (assessment.usedPlace()) {
      used.add("place");
    }
    if (assessment.usedDate()) {
      used.add("date");
    }
    return given.isEmpty()
        ? null
        : new Identification.Circumstances(
            List.copyOf(given),
            List.copyOf(used),
            Sentences.circumstances(assessment, given, used));
  }

  private static @Nullable String commonName(Species species) {
    return species.commonNames().isEmpty() ? null : species.commonNames().get(0);
  }

  private static String json(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
