package app.mushroom.trainer.runs;

import app.mushroom.storage.model.DatasetReference;
import app.mushroom.trainer.training.Hyperparameters;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code params.json}: all that a run was asked to do, enough to do it again.
 *
 * @param codeVersion the release that ran
 * @param backbone where the backbone came from
 * @param backboneSha256 hash of its bytes
 * @param teachers versions of the same model that the network learned from, in addition to labels
 * @param ingredients versions of the same model whose weights were averaged, instead of training
 * @param device what it ran on, and how many threads
 */
public record RunParameters(
    int schemaVersion,
    String run,
    Instant created,
    String user,
    String codeVersion,
    String model,
    DatasetReference dataset,
    String backbone,
    String backboneSha256,
    String architecture,
    @Nullable List<String> teachers,
    @Nullable List<String> ingredients,
    Map<String, String> device,
    Hyperparameters hyperparameters) {

  /** The record of a run that averages versions, which keeps all else of the run that lends it. */
  RunParameters asAverage(String name, Clock clock, List<String> versions) {
    return new RunParameters(
        schemaVersion,
        name,
        clock.instant(),
        user,
        codeVersion,
        model,
        dataset,
        backbone,
        backboneSha256,
        architecture,
        null,
        List.copyOf(versions),
        device,
        hyperparameters);
  }
}
