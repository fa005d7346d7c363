package app.mushroom.api.identification;

import app.mushroom.api.classifier.Scores;
import app.mushroom.api.identification.SeenPhotos.Seen;
import app.mushroom.api.inference.InferencePool;
import app.mushroom.api.inference.Work;
import app.mushroom.api.model.LoadedModel;
import app.mushroom.api.model.LoadedModels;
import app.mushroom.api.model.ModelLease;
import app.mushroom.api.model.ServingModel;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Looks at the photos of one find. */
@Component
public class Identifier {
  private final ServingModel serving;
  private final LoadedModels models;
  private final InferencePool pool;
  private final PhotoReader reader;
  private final Answers answers;
  private final List<IdentificationListener> listeners;
  private final IdentificationRecords records;
  private final TimeOrderedIds ids;
  private final StageMeters stages;
  private final MeterRegistry meters;

  Identifier(
      ServingModel serving,
      LoadedModels models,
      InferencePool pool,
      PhotoReader reader,
      Answers answers,
      List<IdentificationListener> listeners,
      IdentificationRecords records,
      TimeOrderedIds ids,
      StageMeters stages,
      MeterRegistry meters) {
    this.serving = serving;
    this.models = models;
    this.pool = pool;
    this.reader = reader;
    this.answers = answers;
    this.listeners = List.copyOf(listeners);
    this.records = records;
    this.ids = ids;
    this.stages = stages;
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
      List<Work<Seen>> works =
          query.photos().stream()
              .<Work<Seen>>map(source -> () -> reader.read(lease.model(), source))
              .toList();
      ModelLease whileItRuns = lease.again();
      List<Seen> seen = pool.run(query.caller(), works, whileItRuns::close);
      Look look = stages.time(Stage.POSTPROCESS, () -> answer(lease.model(), seen, query));
      return look.recorded(records.record(look.identification(), look.photos().size()));
    } catch (PhotoRejectedException e) {
      meters.counter("mushroom.photos.rejected", "reason", lower(e.reason())).increment();
      throw e;
    }
  }

  private Look answer(LoadedModel model, List<Seen> seen, Query query) {
    List<Scores> scores = seen.stream().map(Seen::scores).toList();
    Assessment assessment =
        model
            .policy()
            .assess(
                scores.stream().map(Scores::logits).toList(),
                scores.stream().map(Scores::embedding).toList(),
                query.circumstances());
    Look look =
        new Look(
            answers.identification(ids.next(), model, assessment, query),
            model,
            seen.stream().map(Seen::photo).toList(),
            scores,
            assessment);
    listeners.forEach(listener -> listener.identified(look));
    return look;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
