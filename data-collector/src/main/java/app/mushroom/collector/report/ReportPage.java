package app.mushroom.collector.report;

import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.imports.ImportOutcome;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.Split;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page of an import: counts, a few pictures per label, what was refused. No scripts, no links.
 */
final class ReportPage {
  private static final int PICTURES_PER_LABEL = 3;
  private static final int MAX_LABELS_WITH_PICTURES = 300;
  private static final int MAX_REFUSALS = 1000;

  private final StringBuilder page = new StringBuilder(1 << 16);
  private final Pictures pictures;

  ReportPage(Pictures pictures) {
    this.pictures = pictures;
  }

  /** Finds small pictures. */
  interface Pictures {
    /** A small JPEG of the photo; empty where there is none to show. */
    Optional<byte[]> of(DatasetPhoto photo) throws IOException;
  }

  /** The whole page, UTF-8. */
  String of(String dataset, ImportOutcome outcome) throws IOException {
    DatasetCard card = outcome.card();
    String title =
        Html.escape(dataset) + (card == null ? ": import" : ", version " + card.version());
    page.append(HEAD.replace("$title", title));
    page.append("<h1>").append(title).append("</h1>\n<p>");
    if (card != null) {
      page.append("Published ").append(card.created()).append(". ");
    }
    page.append(
        "%d photos offered: %d in the dataset, %d of them new; %d duplicates, %d refused.</p>\n"
            .formatted(
                outcome.offered(),
                outcome.photos().size(),
                outcome.added(),
                outcome.duplicates(),
                outcome.refusals().size()));
    if (!outcome.notes().isEmpty()) {
      page.append("<h2>Notes</h2>\n<ul>\n");
      outcome.notes().forEach(note -> page.append("<li>").append(Html.escape(note)).append("\n"));
      page.append("</ul>\n");
    }
    labels(outcome.photos());
    refusals(outcome);
    licences(outcome.photos());
    return page.append("</main>\n").toString();
  }

  private void labels(List<DatasetPhoto> photos) throws IOException {
    LabelCounts counts = LabelCounts.of(photos);
    int most = counts.byLabel().keySet().stream().mapToInt(counts::of).max().orElse(1);
    Map<String, List<DatasetPhoto>> byLabel =
        photos.stream().collect(Collectors.groupingBy(DatasetPhoto::label));
    page.append(
        "<h2>%d labels</h2>\n<p>%d photos to train on, %d to choose by (val), %d to judge by (test).</p>\n"
            .formatted(
                counts.byLabel().size(),
                counts.of(Split.TRAIN),
                counts.of(Split.VAL),
                counts.of(Split.TEST)));
    page.append("<table>\n<tr><th scope=col>label<th scope=col>train<th scope=col>val");
    page.append("<th scope=col>test<th scope=col>photos<th scope=col>a few of them\n");
    int rows = 0;
    for (String label : counts.byLabel().keySet()) {
      page.append("<tr><th scope=row>").append(Html.escape(label));
      for (Split split : Split.values()) {
        page.append("<td class=number>").append(counts.of(label, split));
      }
      page.append(
          String.format(
              Locale.ROOT,
              "<td class=number><svg class=bar viewBox=\"0 0 100 10\" preserveAspectRatio=none aria-hidden=true><rect width=\"%.1f\" height=\"10\"/></svg> %d<td class=pictures>",
              100.0 * counts.of(label) / most,
              counts.of(label)));
      if (rows++ < MAX_LABELS_WITH_PICTURES) {
        for (DatasetPhoto photo :
            byLabel.getOrDefault(label, List.of()).stream().limit(PICTURES_PER_LABEL).toList()) {
          picture(photo);
        }
      }
      page.append('\n');
    }
    page.append("</table>\n");
  }

  private void picture(DatasetPhoto photo) throws IOException {
    Optional<byte[]> jpeg = pictures.of(photo);
    if (jpeg.isEmpty()) {
      return;
    }
    String attribution = photo.attribution();
    String credit = photo.licence() + (attribution == null ? "" : ", " + attribution);
    page.append("<img alt=\"")
        .append(Html.escape(photo.label()))
        .append("\" title=\"")
        .append(Html.escape(credit))
        .append("\" src=\"data:image/jpeg;base64,")
        .append(Base64.getEncoder().encodeToString(jpeg.get()))
        .append("\">");
  }

  private void refusals(ImportOutcome outcome) {
    page.append("<h2>").append(outcome.refusals().size()).append(" refused</h2>\n");
    counts("reason", outcome.refused());
    if (outcome.refusals().isEmpty()) {
      return;
    }
    page.append(
        "<table>\n<tr><th scope=col>reason<th scope=col>photo<th scope=col>what is wrong\n");
    for (Refusal refusal : outcome.refusals().stream().limit(MAX_REFUSALS).toList()) {
      page.append("<tr><td>")
          .append(Html.escape(refusal.reason()))
          .append("<td>")
          .append(Html.escape(refusal.where()))
          .append("<td>")
          .append(Html.escape(refusal.detail()))
          .append('\n');
    }
    page.append("</table>\n");
    if (outcome.refusals().size() > MAX_REFUSALS) {
      page.append("<p>The first ").append(MAX_REFUSALS).append(" are listed.</p>\n");
    }
  }

  private void licences(List<DatasetPhoto> photos) {
    page.append("<h2>Licences</h2>\n");
    counts(
        "licence, as the source states it",
        photos.stream()
            .collect(
                Collectors.groupingBy(
                    DatasetPhoto::licence,
                    java.util.TreeMap::new,
                    Collectors.summingInt(photo -> 1))));
  }

  private void counts(String what, Map<String, Integer> counts) {
    if (counts.isEmpty()) {
      return;
    }
    page.append("<table>\n<tr><th scope=col>").append(what).append("<th scope=col>photos\n");
    counts.forEach(
        (name, count) ->
            page.append("<tr><td>")
                .append(Html.escape(name))
                .append("<td class=number>")
                .append(count)
                .append('\n'));
    page.append("</table>\n");
  }

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>$title</title>
      <style>
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
        main { max-width: 70rem; margin: auto; padding: 1rem; overflow-x: auto; }
        table { border-collapse: collapse; margin-block: 1rem; }
        th, td { padding: .2rem .6rem; border-bottom: 1px solid #8886; text-align: left; vertical-align: middle; }
        td { overflow-wrap: anywhere; }
        th { font-weight: 600; white-space: nowrap; }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .pictures { white-space: nowrap; }
        .bar { width: 8rem; height: .7rem; fill: currentcolor; opacity: .6; }
        img { height: 72px; margin-right: 4px; vertical-align: middle; }
      </style>
      <main>
      """;
}
