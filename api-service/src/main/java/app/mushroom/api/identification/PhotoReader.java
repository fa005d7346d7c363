package app.mushroom.api.identification;

import app.mushroom.api.classifier.Scores;
import app.mushroom.api.identification.SeenPhotos.Seen;
import app.mushroom.api.model.LoadedModel;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Shows one photo to the network, unless it was seen before. */
@Component
class PhotoReader {
  /**
   * Photos are read at up to this many times the size that the network needs, so that reducing them
   * is left to the antialiased resize.
   */
  private static final int SPARE_RESOLUTION = 2;

  private final PhotoDecoder decoder;
  private final SeenPhotos seen;
  private final StageMeters stages;

  PhotoReader(PhotoDecoder decoder, SeenPhotos seen, StageMeters stages) {
    this.decoder = decoder;
    this.seen = seen;
    this.stages = stages;
  }

  Seen read(LoadedModel model, PhotoSource source) throws PhotoRejectedException, IOException {
    byte[] bytes = source.read();
    return seen.of(model.name(), model.version(), bytes, () -> look(model, bytes));
  }

  private Seen look(LoadedModel model, byte[] bytes) throws PhotoRejectedException, IOException {
    int shortSide = SPARE_RESOLUTION * model.preprocessing().resizeShortSide();
    Photo photo = stages.time(Stage.DECODE, () -> decoder.decode(bytes, shortSide));
    float[] tensor = stages.time(Stage.PREPROCESS, () -> model.preprocessing().toTensor(photo));
    Scores scores = stages.time(Stage.FORWARD, () -> model.classifier().classify(tensor));
    return new Seen(photo, scores);
  }
}
