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
  private final List<IdentificationListener> listeners;
  private final IdentificationRecords records;
  private final TimeOrderedIds ids;
  private final MeterRegistry meters;

  Identifier(
      ServingModel serving,
      LoadedModels models,
      InferencePool pool,
      PhotoDecoder decoder,
      Answers answers,
      List<IdentificationListener> listeners,
      IdentificationRecords records,
      TimeOrderedIds ids,
      MeterRegistry meters) {
    this.serving = serving;
    this.models = models;
    this.pool = pool;
    this.decoder = decoder;
    this.answers = answers;
    this.listeners = List.copyOf(listeners);
    this.records = records;
    this.ids = ids;
    this.meters = meters;
  }

  /** Identifies with the model that serves now. */
  public Look identify(Query query) throws PhotoRejectedException, IOException {
    return identify(serving::lease, query);
  }

  /** Identifies with a version that someone chose. */
  public Look identifyWith(String version, Query query) throws PhotoRejectedException, IOException {
    return identify(() -> models.lease(version), query);
  }

  private Look identify(Supplier<ModelLease> models, Query query)
      throws PhotoRejectedException, IOException {
    try (ModelLease lease = models.get()) {
      Look look = pool.run(() -> look(lease.model(), query));
      // Here, and not where the network runs: a slow database must not hold up other photos.
      return look.recorded(records.record(look.identification(), look.photos().size()));
    } catch (PhotoRejectedException e) {
      meters.counter("mushroom.photos.rejected", "reason", lower(e.reason())).increment();
      throw e;
    }
  }

  private Look look(LoadedModel model, Query query) throws PhotoRejectedException, IOException {
    List<Photo> photos = new ArrayList<>();
    List<Scores> scores = new ArrayList<>();
    int shortSide = SPARE_RESOLUTION * model.preprocessing().resizeShortSide();
    for (PhotoSource source : query.photos()) {
      Photo photo = decoder.decode(source.read(), shortSide);
      photos.add(photo);
      scores.add(model.classifier().classify(model.preprocessing().toTensor(photo)));
    }
    Assessment assessment =
        model
            .policy()
            .assess(
                scores.stream().map(Scores::logits).toList(),
                scores.stream().map(Scores::embedding).toList());
    Look look =
        new Look(
            answers.identification(ids.next(), model, assessment, query.limit()),
            model,
            photos,
            scores,
            assessment);
    listeners.forEach(listener -> listener.identified(look));
    return look;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
