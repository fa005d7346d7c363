package app.mushroom.api.species;

import app.mushroom.api.identification.Sentences;
import app.mushroom.storage.Names;
import app.mushroom.vision.species.LookAlike;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is known about each label, and where that is written. */
@RestController
@RequestMapping("/api/v1/species")
@Tag(name = "species")
class SpeciesController {
  private final SpeciesCatalogue catalogue;

  SpeciesController(SpeciesCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** A species in a list. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "SpeciesItem")
  record Item(
      String label,
      String scientificName,
      @Nullable String commonName,
      String rank,
      String genus,
      String toxicity) {}

  @Schema(name = "SpeciesCatalogue")
  record Catalogue(List<Item> species) {}

  /** Where something is written. */
  @Schema(name = "SpeciesSource")
  record Source(String key, String text) {}

  /** A species in full. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "SpeciesDetails")
  record Details(
      String label,
      String scientificName,
      List<String> commonNames,
      String rank,
      String genus,
      @Nullable String family,
      String toxicity,
      @Nullable String syndrome,
      List<Similar> lookAlikes,
      List<String> synonyms,
      @Nullable String note,
      List<Source> sources,
      String warning) {

    /** What it is mistaken for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CatalogueLookAlike")
    record Similar(
        @Nullable String label, String scientificName, String toxicity, String difference) {

      static Similar of(LookAlike other) {
        return new Similar(
            other.label(), other.scientificName(), other.toxicity().json(), other.difference());
      }
    }
  }

  @GetMapping
  @Operation(operationId = "speciesList", summary = "All species and genera of the catalogue")
  Catalogue all() {
    return new Catalogue(catalogue.all().stream().map(SpeciesController::item).toList());
  }

  @GetMapping("/{label}")
  @Operation(operationId = "species", summary = "One species with its look-alikes and sources")
  Details one(@PathVariable String label) {
    Species species =
        catalogue
            .find(Names.require("label", label))
            .orElseThrow(() -> new SpeciesNotFoundException(label));
    return new Details(
        species.label(),
        species.scientificName(),
        species.commonNames(),
        species.rank(),
        species.genus(),
        species.family(),
        species.toxicity().json(),
        species.syndrome(),
        species.lookAlikes().stream().map(Details.Similar::of).toList(),
        species.synonyms(),
        species.note(),
        species.sources().stream()
            .map(key -> new Source(key, catalogue.sources().getOrDefault(key, key)))
            .toList(),
        Sentences.WARNING);
  }

  private static Item item(Species species) {
    return new Item(
        species.label(),
        species.scientificName(),
        species.commonNames().isEmpty() ? null : species.commonNames().get(0),
        species.rank(),
        species.genus(),
        species.toxicity().json());
  }
}
