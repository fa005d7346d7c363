package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.evaluation.CalibrationFitter;
import app.mushroom.trainer.evaluation.LabelledOutputs;
import app.mushroom.trainer.training.Network;
import app.mushroom.trainer.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;

/**
 * Averages the weights of published versions, greedily: from the best on, each next one joins if
 * the average then does no worse on val (Wortsman et al., "Model soups", ICML 2022, recipe 1). Val
 * is judged by its negative log-likelihood at the best temperature, which is less noisy than
 * counting hits.
 */
final class ModelAverage {

  private final Training training;
  private final RunPhotos photos;
  private final Validation validation;
  private final Console console;

  ModelAverage(Training training, RunPhotos photos, Validation validation, Console console) {
    this.training = training;
    this.photos = photos;
    this.validation = validation;
    this.console = console;
  }

  /**
   * @param networks TorchScript files by version, at least one
   * @param target where the average goes
   * @return the versions that are in it, best first
   */
  List<String> write(Map<String, Path> networks, Path target) throws IOException {
    Map<String, Double> losses = new LinkedHashMap<>();
    for (Map.Entry<String, Path> network : networks.entrySet()) {
      double loss =
          judge(
              List.of(network.getValue()),
              "version " + network.getKey(),
              target,
              mean -> mean < best(losses));
      losses.put(network.getKey(), loss);
    }
    List<String> order =
        losses.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .toList();
    List<String> chosen = new ArrayList<>(order.subList(0, 1));
    double best = best(losses);
    for (String version : order.subList(1, order.size())) {
      List<String> more = new ArrayList<>(chosen);
      more.add(version);
      double now = best;
      double loss =
          judge(
              paths(networks, more),
              "average of " + String.join(", ", more),
              target,
              mean -> mean <= now);
      if (loss <= best) {
        chosen = more;
        best = loss;
      }
    }
    return List.copyOf(chosen);
  }

  /**
   * Averages networks and measures the average. What goes into the target is the very network that
   * was measured.
   *
   * @param target gets the average if {@code better} says so of its loss
   */
  private double judge(List<Path> networks, String what, Path target, DoublePredicate better)
      throws IOException {
    try (Network average = training.average(networks)) {
      LabelledOutputs val = validation.outputs(average, "val", photos.mushrooms(Split.VAL));
      double temperature = CalibrationFitter.temperature(val);
      double loss = CalibrationFitter.loss(val, temperature) / val.size();
      console.say(
          String.format(
              Locale.ROOT,
              "%s: val %s, %.4f at temperature %.2f",
              what,
              Validation.line(validation.figures(val)),
              loss,
              temperature));
      if (better.test(loss)) {
        average.save(target);
      }
      return loss;
    }
  }

  private static double best(Map<String, Double> losses) {
    return losses.values().stream()
        .mapToDouble(Double::doubleValue)
        .filter(loss -> !Double.isNaN(loss))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static List<Path> paths(Map<String, Path> networks, List<String> versions) {
    return versions.stream().map(networks::get).toList();
  }
}
