package app.mushroom.api.identification;

import app.mushroom.api.classifier.Scores;
import app.mushroom.api.model.LoadedModel;
import app.mushroom.vision.decision.Assessment;
import java.util.List;

/**
 * An identification and what it rests on.
 *
 * @param model that answered; only to be run while the request that it was leased for goes on
 * @param photos in the order of the request
 * @param scores what the network said, one a photo
 */
public record Look(
    Identification identification,
    LoadedModel model,
    List<KeptPhoto> photos,
    List<Scores> scores,
    Assessment assessment) {

  public Look {
    photos = List.copyOf(photos);
    scores = List.copyOf(scores);
  }

  Look recorded(boolean recorded) {
    return new Look(identification.recorded(recorded), model, photos, scores, assessment);
  }
}
