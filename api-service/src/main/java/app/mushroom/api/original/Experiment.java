package app.mushroom.api.original;

import app.mushroom.api.model.Metrics;
import app.mushroom.api.model.ModelSummary;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A row of the original's leaderboard, under its column names. What is not known is an empty text,
 * as it was there. Texts are HTML-escaped: the original's page writes them into the page as they
 * come.
 *
 * @param executionTime of the training, in minutes
 * @param accuracy top-1, 0..1
 * @param modelSize in bytes
 */
record Experiment(
    int id,
    @JsonProperty("trainable_parameters") Object trainableParameters,
    @JsonProperty("execution_time") Object executionTime,
    Object loss,
    Object accuracy,
    @JsonProperty("model_size") Object modelSize,
    @JsonProperty("learning_rate") Object learningRate,
    @JsonProperty("batch_size") Object batchSize,
    Object epochs,
    Object optimizer,
    Object email,
    Object user,
    Object experiment,
    @JsonProperty("model_name") String modelName) {

  static Experiment of(int id, ModelSummary model) {
    Optional<Metrics.Training> training = Optional.ofNullable(model.metrics().training());
    Optional<Metrics.Figures> figures = Optional.ofNullable(model.metrics().ranking());
    Object user = orEmpty(training, Metrics.Training::user);
    return new Experiment(
        id,
        orEmpty(training, Metrics.Training::trainableParameters),
        orEmpty(training, Experiment::minutes),
        orEmpty(figures, Metrics.Figures::loss),
        orEmpty(figures, Metrics.Figures::top1),
        orEmpty(training, Metrics.Training::modelSizeBytes),
        orEmpty(training, Metrics.Training::learningRate),
        orEmpty(training, Metrics.Training::batchSize),
        orEmpty(training, Metrics.Training::epochs),
        orEmpty(training, Metrics.Training::optimizer),
        user,
        user,
        orEmpty(training, Metrics.Training::experiment),
        model.name() + "-" + model.version());
  }

  private static @Nullable Double minutes(Metrics.Training training) {
    Double seconds = training.executionTimeSeconds();
    return seconds == null ? null : seconds / 60;
  }

  private static <T> Object orEmpty(Optional<T> from, Function<T, @Nullable Object> field) {
    Object value = from.isEmpty() ? null : field.apply(from.get());
    if (value == null) {
      return "";
    }
    return value instanceof String text ? HtmlUtils.htmlEscape(text) : value;
  }
}
