package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The network's outputs with what the catalogue knows of them. */
final class Labels {

  private Labels() {}

  static LabelSet of(LabelIndex index, List<DatasetPhoto> photos, SpeciesCatalogue catalogue) {
    Map<String, DatasetPhoto> examples = new HashMap<>();
    photos.forEach(photo -> examples.putIfAbsent(photo.label(), photo));
    return new LabelSet(
        index.labels().stream()
            .map(
                name -> {
                  DatasetPhoto photo = java.util.Objects.requireNonNull(examples.get(name));
                  return catalogue.find(name).map(Labels::known).orElseGet(() -> unknown(photo));
                })
            .toList());
  }

  private static Label known(Species species) {
    return new Label(
        species.label(),
        species.rank(),
        species.scientificName(),
        species.genus(),
        species.toxicity());
  }

  private static Label unknown(DatasetPhoto photo) {
    String taxon = photo.taxon();
    return new Label(
        photo.label(),
        photo.rank() == LabelRank.GENUS ? "genus" : "species",
        taxon == null ? photo.label() : taxon,
        photo.genus(),
        Toxicity.UNKNOWN);
  }
}
