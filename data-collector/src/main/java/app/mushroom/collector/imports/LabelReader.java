package app.mushroom.collector.imports;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.Names;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says what labels stand for: by the species catalogue, and for labels that it does not know, where
 * these are allowed, by what the list says of them. Remembers what people should be told.
 */
final class LabelReader {
  static final String NOT_MUSHROOM = "not_mushroom";

  private final SpeciesCatalogue catalogue;
  private final boolean allowUnknown;
  private final Set<String> notes = Collections.synchronizedSet(new TreeSet<>());

  LabelReader(SpeciesCatalogue catalogue, boolean allowUnknown) {
    this.catalogue = catalogue;
    this.allowUnknown = allowUnknown;
  }

  /**
   * @throws UnfitPhotoException if the label is no name, or unknown and that is not allowed
   */
  LabelMeaning read(SourcePhoto photo) throws UnfitPhotoException {
    String label = photo.label();
    try {
      Names.require("label", label);
    } catch (InvalidNameException e) {
      throw new UnfitPhotoException("invalid_label", String.valueOf(e.getMessage()));
    }
    if (label.equals(NOT_MUSHROOM)) {
      return new LabelMeaning(label, LabelRank.NONE, null, null);
    }
    if (photo.rank() == LabelRank.NONE) {
      throw new UnfitPhotoException(
          "invalid_label",
          "Expected rank none only for %s, found it for %s.".formatted(NOT_MUSHROOM, label));
    }
    Optional<Species> species = catalogue.find(label);
    return species.isPresent() ? known(species.get(), photo) : unknown(photo);
  }

  private LabelMeaning known(Species species, SourcePhoto photo) {
    String genus = lower(photo.genus());
    if (genus != null && !genus.equals(lower(species.genus()))) {
      notes.add(
          "%s: the list says genus %s, the species catalogue %s; the catalogue holds."
              .formatted(species.label(), genus, species.genus()));
    }
    LabelRank rank = species.rank().equals("genus") ? LabelRank.GENUS : LabelRank.SPECIES;
    if (photo.rank() != null && photo.rank() != rank) {
      notes.add(
          "%s: the list says rank %s, the species catalogue %s; the catalogue holds."
              .formatted(species.label(), lower(photo.rank().name()), species.rank()));
    }
    return new LabelMeaning(species.label(), rank, species.scientificName(), species.genus());
  }

  private LabelMeaning unknown(SourcePhoto photo) throws UnfitPhotoException {
    String label = photo.label();
    if (!allowUnknown) {
      throw new UnfitPhotoException(
          "unknown_label",
          "The species catalogue does not know the label %s, so nobody could say whether it is poisonous. Correct the label, add it to the catalogue, or give --allow-unknown-labels."
              .formatted(label));
    }
    notes.add("%s: not in the species catalogue, so its toxicity is unknown.".formatted(label));
    int end = label.indexOf('_');
    String listed = lower(photo.genus());
    String genus = listed != null ? listed : end < 0 ? label : label.substring(0, end);
    LabelRank listedRank = photo.rank();
    LabelRank rank =
        listedRank != null ? listedRank : end < 0 ? LabelRank.GENUS : LabelRank.SPECIES;
    String taxon = photo.taxon();
    if (taxon == null) {
      String words = label.replace('_', ' ');
      taxon = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
    return new LabelMeaning(label, rank, taxon, genus);
  }

  /** Sentences for the person who runs the import, each once. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  private static @Nullable String lower(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }
}
