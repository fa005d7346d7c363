package app.mushroom.api.identification;

import app.mushroom.vision.species.LookAlike;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands beside an answer: the most dangerous first, each with how to tell it apart. */
final class LookAlikes {
  private static final Comparator<LookAlike> MOST_DANGEROUS_FIRST =
      Comparator.comparing(LookAlike::toxicity);

  private final SpeciesCatalogue catalogue;

  LookAlikes(SpeciesCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  List<Identification.LookAlike> of(Species species) {
    return shown(species.lookAlikes().stream());
  }

  /**
   * The poisonous members of a genus, then what is dangerous and taken for a likely member.
   *
   * @param likely labels of the candidates, most likely first
   */
  List<Identification.LookAlike> ofGenus(String genus, List<String> likely) {
    List<Species> known =
        Stream.concat(
                likely.stream().map(catalogue::find).flatMap(Optional::stream),
                catalogue.all().stream())
            .filter(species -> species.genus().equalsIgnoreCase(genus))
            .distinct()
            .toList();
    Stream<LookAlike> members =
        known.stream()
            .filter(species -> species.rank().equals("species") && species.toxicity().isPoisonous())
            .map(member -> member(member, known));
    Stream<LookAlike> others =
        known.stream()
            .filter(species -> species.rank().equals("genus") || likely.contains(species.label()))
            .flatMap(species -> compared(species, other -> other.toxicity().isPoisonous()));
    return shown(Stream.concat(members, others));
  }

  /**
   * What is dangerous and taken for one of the candidates, where nothing can be named.
   *
   * @param likely labels of the candidates, most likely first
   */
  List<Identification.LookAlike> ofAny(List<String> likely) {
    return shown(
        likely.stream()
            .map(catalogue::find)
            .flatMap(Optional::stream)
            .flatMap(species -> compared(species, other -> other.toxicity().isPoisonous())));
  }

  /** A member of the genus that was named, told apart from another one where anyone wrote how. */
  private static LookAlike member(Species member, List<Species> genus) {
    String difference =
        genus.stream()
            .flatMap(species -> compared(species, other -> member.label().equals(other.label())))
            .findFirst()
            .map(LookAlike::difference)
            .orElseGet(() -> belongs(member));
    return new LookAlike(member.label(), member.scientificName(), member.toxicity(), difference);
  }

  private static String belongs(Species member) {
    String syndrome = member.syndrome();
    return "It is of this genus too."
        + (syndrome == null ? "" : " What it does: " + syndrome + ".");
  }

  private static Stream<LookAlike> compared(Species species, Predicate<LookAlike> which) {
    return species.lookAlikes().stream()
        .filter(which)
        .map(
            other ->
                new LookAlike(
                    other.label(),
                    other.scientificName(),
                    other.toxicity(),
                    "Compared with " + species.scientificName() + ": " + other.difference()));
  }

  private List<Identification.LookAlike> shown(Stream<LookAlike> all) {
    Map<String, LookAlike> once = new LinkedHashMap<>();
    all.forEach(one -> once.putIfAbsent(one.scientificName().toLowerCase(Locale.ROOT), one));
    return once.values().stream().sorted(MOST_DANGEROUS_FIRST).map(this::shown).toList();
  }

  private Identification.LookAlike shown(LookAlike other) {
    return new Identification.LookAlike(
        other.label(),
        other.scientificName(),
        commonName(other.label()),
        other.toxicity().json(),
        other.difference());
  }

  private @Nullable String commonName(@Nullable String label) {
    return Optional.ofNullable(label)
        .flatMap(catalogue::find)
        .flatMap(species -> species.commonNames().stream().findFirst())
        .orElse(null);
  }
}
