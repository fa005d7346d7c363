package app.mushroom.trainer.cli;

import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.promotion.Comparison;
import app.mushroom.trainer.promotion.PromotionDecision;
import app.mushroom.trainer.publishing.BundleMetrics;
import app.mushroom.trainer.runs.FlatJson;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Two versions side by side. */
final class ModelDifference {

  private static final Set<String> NAMES_OF_RUNS = Set.of("schemaVersion", "run", "created");
  private static final String END = System.lineSeparator();

  private final ModelRegistry registry;
  private final RunStore runs;
  private final PublishedVersion a;
  private final PublishedVersion b;
  private final StringBuilder text = new StringBuilder();

  ModelDifference(ModelRegistry registry, RunStore runs, PublishedVersion a, PublishedVersion b) {
    this.registry = registry;
    this.runs = runs;
    this.a = a;
    this.b = b;
  }

  String text() throws IOException {
    text.append(a.manifest().name())
        .append(": version ")
        .append(a.manifest().version())
        .append(" and version ")
        .append(b.manifest().version())
        .append(END);
    bundles();
    parameters();
    figures("val", BundleMetrics::val);
    figures("test", BundleMetrics::test);
    calibration();
    labels();
    changes();
    return text.toString();
  }

  private void bundles() {
    TextTable table = table();
    table.row("created", Words.time(a.manifest().created()), Words.time(b.manifest().created()));
    table.row("network", a.manifest().architecture(), b.manifest().architecture());
    table.row("input", a.manifest().input().size() + " px", b.manifest().input().size() + " px");
    table.row("dataset", dataset(a), dataset(b));
    table.row("run", a.manifest().run(), b.manifest().run());
    table.row("standing", a.standing(), b.standing());
    text.append(table);
  }

  private static String dataset(PublishedVersion version) {
    var dataset = version.manifest().dataset();
    String sha256 = dataset.manifestSha256();
    return "%s %d (%s)"
        .formatted(
            dataset.name(), dataset.version(), sha256.substring(0, Math.min(12, sha256.length())));
  }

  private void parameters() throws IOException {
    Map<String, String> before = parametersOf(a);
    Map<String, String> after = parametersOf(b);
    if (before.isEmpty() || after.isEmpty()) {
      heading("Parameters");
      text.append("  not known: no run record in this store for version ")
          .append((before.isEmpty() ? a : b).manifest().version())
          .append(END);
      return;
    }
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeAll(NAMES_OF_RUNS);
    TextTable table = table();
    for (String name : names) {
      String one = before.getOrDefault(name, Words.NONE);
      String other = after.getOrDefault(name, Words.NONE);
      if (!one.equals(other)) {
        table.row(name, one, other);
      }
    }
    section("Parameters that differ", table);
  }

  private Map<String, String> parametersOf(PublishedVersion version) throws IOException {
    String run = version.manifest().run();
    return runs.runs().contains(run)
        ? runs.read(run, "params.json", JsonNode.class).map(FlatJson::of).orElse(Map.of())
        : Map.of();
  }

  private void figures(String split, Function<BundleMetrics, Figures> which) {
    BundleMetrics before = a.metrics();
    BundleMetrics after = b.metrics();
    if (before == null || after == null) {
      return;
    }
    TextTable table =
        new TextTable(
            "", ">" + a.manifest().version(), ">" + b.manifest().version(), ">DIFFERENCE", "");
    table.row(
        "mushroom photographs",
        Integer.toString(which.apply(before).photos()),
        Integer.toString(which.apply(after).photos()),
        "",
        "");
    for (FigureRow row : FigureRow.ALL) {
      double one = row.of(which.apply(before));
      double other = row.of(which.apply(after));
      table.row(
          row.name(),
          row.show(one),
          row.show(other),
          row.showDifference(other - one),
          row.verdict(one, other));
    }
    boolean same = a.manifest().dataset().equals(b.manifest().dataset());
    section(
        "Figures on " + split + (same ? "" : ", each on that of its own dataset version"), table);
  }

  private void calibration() throws IOException {
    Calibration before = a.calibration(registry);
    Calibration after = b.calibration(registry);
    TextTable table = table();
    threshold(table, "temperature", before.temperature(), after.temperature());
    threshold(table, "gate at", before.gate().threshold(), after.gate().threshold());
    threshold(table, "species at", before.answer().speciesAt(), after.answer().speciesAt());
    threshold(table, "genus at", before.answer().genusAt(), after.answer().genusAt());
    threshold(table, "poison flag at", before.poison().flagAt(), after.poison().flagAt());
    threshold(
        table, "poison clear below", before.poison().clearBelow(), after.poison().clearBelow());
    threshold(table, "very likely at", before.bands().veryLikely(), after.bands().veryLikely());
    threshold(table, "likely at", before.bands().likely(), after.bands().likely());
    table.row(
        "labels with stricter thresholds",
        Integer.toString(before.labels().size()),
        Integer.toString(after.labels().size()));
    section("Calibration", table);
  }

  private static void threshold(TextTable table, String name, double before, double after) {
    table.row(name, Words.number(before), Words.number(after));
  }

  private void labels() throws IOException {
    Map<String, Label> before = byName(a.labels(registry));
    Map<String, Label> after = byName(b.labels(registry));
    heading("Labels");
    text.append("  %d and %d%n".formatted(before.size(), after.size()));
    list("  added:   ", after.keySet(), before.keySet());
    list("  removed: ", before.keySet(), after.keySet());
    before.forEach(
        (name, label) -> {
          Label now = after.get(name);
          if (now != null && now.toxicity() != label.toxicity()) {
            text.append("  ")
                .append(name)
                .append(": ")
                .append(label.toxicity().json())
                .append(" is now ")
                .append(now.toxicity().json())
                .append(END);
          }
        });
  }

  private static Map<String, Label> byName(LabelSet labels) {
    return labels.labels().stream()
        .collect(Collectors.toMap(Label::label, label -> label, (x, y) -> x, TreeMap::new));
  }

  private void list(String words, Set<String> these, Set<String> withoutThose) {
    List<String> names = new ArrayList<>(these);
    names.removeAll(withoutThose);
    if (!names.isEmpty()) {
      text.append(words).append(String.join(", ", names)).append(END);
    }
  }

  /** Photos named right, label by label, as counted when the two stood for promotion. */
  private void changes() {
    Comparison comparison = comparison(a, b);
    boolean swapped = comparison == null;
    if (swapped) {
      comparison = comparison(b, a);
    }
    if (comparison == null) {
      return;
    }
    TextTable table =
        new TextTable(
            "",
            ">PHOTOS",
            ">" + a.manifest().version(),
            ">" + b.manifest().version(),
            ">DIFFERENCE");
    int sign = swapped ? -1 : 1;
    comparison.labels().stream()
        .sorted(Comparator.comparingInt(change -> sign * (change.candidate() - change.champion())))
        .forEach(
            change ->
                table.row(
                    change.label(),
                    Integer.toString(change.photos()),
                    Integer.toString(swapped ? change.candidate() : change.champion()),
                    Integer.toString(swapped ? change.champion() : change.candidate()),
                    "%+d".formatted(sign * (change.candidate() - change.champion()))));
    section("Test photos named right, where it changed", table);
  }

  private static @Nullable Comparison comparison(
      PublishedVersion champion, PublishedVersion other) {
    PromotionDecision decision = other.decision();
    return decision != null && champion.manifest().version().equals(decision.champion())
        ? decision.comparison()
        : null;
  }

  private TextTable table() {
    return new TextTable("", a.manifest().version(), b.manifest().version());
  }

  private void section(String words, TextTable table) {
    heading(words);
    text.append(table.isEmpty() ? "  none" + END : table.toString());
  }

  private void heading(String words) {
    text.append(END).append(words).append(END);
  }
}
