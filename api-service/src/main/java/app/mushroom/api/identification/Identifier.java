package app.mushroom.api.identification;

import app.mushroom.api.classifier.Scores;
import app.mushroom.api.model.LoadedModel;
import app.mushroom.api.model.LoadedModels;
import app.mushroom.api.model.ModelLease;
import app.mushroom.api.model.ServingModel;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Looks at the photos of one find. */
@Component
public class Identifier {
  /** Where the bytes of a photo come from; read only once there is a thread to look at them. */
  @FunctionalInterface
  public interface PhotoSource {
    byte[] read() throws IOException;
  }

  /**
   * An identification and what it rests on.
   *
   * @param inputSize side of the square that the network saw, in pixels
   * @param labels how many the model knows
   */
  public record Looked(
      Identification identification, Assessment assessment, int inputSize, int labels) {}

  /**
   * Photos are read at up to this many times the size that the network needs, so that reducing them
   * is left to the antialiased resize.
   */
  private static final int SPARE_RESOLUTION = 2;

  private final ServingModel serving;
  private final LoadedModels models;
  private final InferencePool pool;
  private final PhotoDecoder decoder;
  private final Answers answers;
  private final RecentIdentifications recent;
  private final IdentificationLog identificationLog;
  private final TimeOrderedIds ids;
  private final MeterRegistry meters;

  Identifier(
      ServingModel serving,
      LoadedModels models,
      InferencePool pool,
      PhotoDecoder decoder,
      Answers answers,
      RecentIdentifications recent,
      IdentificationLog identificationLog,
      TimeOrderedIds ids,
      MeterRegistry meters) {
    this.serving = serving;
    this.models = models;
    this.pool = pool;
    this.decoder = decoder;
    this.answers = answers;
    this.recent = recent;
    this.identificationLog = identificationLog;
    this.ids = ids;
    this.meters = meters;
  }

  /** Identifies with the model that serves now. */
  public Looked identify(List<PhotoSource> photos, int limit)
      throws PhotoRejectedException, IOException {
    return identify(serving::lease, photos, limit);
  }

  /** Identifies with a version that someone chose. */
  public Looked identifyWith(String version, List<PhotoSource> photos, int limit)
      throws PhotoRejectedException, IOException {
    return identify(() -> models.lease(version), photos, limit);
  }

  private Looked identify(Supplier<ModelLease> models, List<PhotoSource> photos, int limit)
      throws PhotoRejectedException, IOException {
    try (ModelLease lease = models.get()) {
      return pool.run(() -> look(lease.model(), photos, limit));
    } catch (PhotoRejectedException e) {
      meters.counter("mushroom.photos.rejected", "reason", lower(e.reason())).increment();
      throw e;
    }
  }

  private Looked look(LoadedModel model, List<PhotoSource> sources, int limit)
      throws PhotoRejectedException, IOException {
    List<Photo> photos = new ArrayList<>();
    List<float[]> logits = new ArrayList<>();
    List<float[]> embeddings = new ArrayList<>();
    int shortSide = SPARE_RESOLUTION * model.preprocessing().resizeShortSide();
    for (PhotoSource source : sources) {
      Photo photo = decoder.decode(source.read(), shortSide);
      Scores scores = model.classifier().classify(model.preprocessing().toTensor(photo));
      photos.add(photo);
      logits.add(scores.logits());
      embeddings.add(scores.embedding());
    }
    Assessment assessment = model.policy().assess(logits, embeddings);
    Identification identification = answers.identification(ids.next(), model, assessment, limit);
    recent.add(identification, photos, assessment.ranking()[0]);
    identificationLog.record(identification, photos.size());
    meters.counter("mushroom.identifications", "flag", lower(assessment.flag())).increment();
    return new Looked(
        identification, assessment, model.preprocessing().size(), model.labels().size());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
