package app.mushroom.trainer.report;

import app.mushroom.storage.model.BundleFile;
import app.mushroom.trainer.report.Section.Block;
import app.mushroom.trainer.report.Summary.Tile;
import app.mushroom.vision.decision.Calibration;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An evaluation as one HTML page, complete in itself: style, drawings and pictures lie in it, and a
 * content security policy lets it load nothing from anywhere. Its one script sorts tables.
 */
public final class EvaluationReport {

  private final Pictures pictures;

  /** What the template fills in. */
  private record Page(
      String title,
      String lead,
      String field,
      String style,
      String script,
      String scriptHash,
      List<String> cautions,
      List<View> parts,
      Table headlines,
      Section measured) {}

  /**
   * @param several whether there are other parts
   */
  private record View(
      String name,
      String heading,
      boolean several,
      List<Tile> tiles,
      String plainWords,
      List<Section> sections) {}

  public EvaluationReport(Pictures pictures) {
    this.pictures = pictures;
  }

  /**
   * @param parts one for each split, the one to trust most first
   * @return the page, to be stored as UTF-8
   * @throws IOException if a photo cannot be read
   */
  public String page(Provenance provenance, List<Part> parts) throws IOException {
    List<View> views = new ArrayList<>();
    List<String> cautions = new ArrayList<>();
    for (Part part : parts) {
      views.add(view(part, parts.size() > 1));
      cautions.addAll(Summary.cautions(part, provenance));
    }
    String script = resource("report.js");
    String model = provenance.bundle().name() + " version " + provenance.bundle().version();
    return template()
        .execute(
            new Page(
                "How good is " + model + "?",
                lead(provenance, parts),
                Summary.FIELD,
                resource("report.css"),
                script,
                "sha256-" + hash(script),
                cautions,
                views,
                Summary.headlines(parts),
                measured(provenance, parts)));
  }

  private static String lead(Provenance provenance, List<Part> parts) {
    String lead =
        parts.stream()
            .map(
                part ->
                    "the "
                        + part.name()
                        + " split ("
                        + Words.photographs(part.details().figures().photos())
                        + " of mushrooms, "
                        + part.examination().others().size()
                        + " of anything else)")
            .collect(Collectors.joining(" and "));
    return "Measured on " + lead + " of dataset " + dataset(provenance) + ".";
  }

  private static String dataset(Provenance provenance) {
    return provenance.dataset().name() + " version " + provenance.dataset().version();
  }

  private View view(Part part, boolean several) throws IOException {
    Cards cards = new Cards(part.examination(), pictures);
    List<Section> sections = new ArrayList<>();
    sections.add(PoisonSection.of(part, cards));
    sections.add(RecognitionSections.mistakes(part, cards));
    sections.add(RecognitionSections.reliability(part));
    sections.add(RecognitionSections.abstention(part));
    sections.add(StrangerSections.notMushroom(part, cards));
    StrangerSections.unknownLabels(part, cards).ifPresent(sections::add);
    sections.add(ScoreSections.tiers(part));
    ScoreSections.trainingPhotos(part).ifPresent(sections::add);
    sections.add(ScoreSections.genera(part));
    sections.add(ScoreSections.labels(part, cards.words()));
    return new View(
        part.name(),
        "The " + part.name() + " split",
        several,
        Summary.tiles(part),
        Summary.plainWords(part, cards.words()),
        sections);
  }

  private static Section measured(Provenance provenance, List<Part> parts) {
    Calibration calibration = parts.get(0).examination().calibration();
    Table.Builder table =
        Table.of("What was measured", "what", "value")
            .row("model")
            .text(provenance.bundle().name() + " version " + provenance.bundle().version())
            .row("network")
            .text(
                provenance.bundle().architecture()
                    + ", "
                    + provenance.bundle().input().size()
                    + " x "
                    + provenance.bundle().input().size()
                    + " pixels")
            .row("training run")
            .text(provenance.bundle().run());
    for (BundleFile file : provenance.bundle().files()) {
      if (file.name().equals("model.pt") || file.name().equals("calibration.json")) {
        table.row("SHA-256 of " + file.name()).text(file.sha256());
      }
    }
    table
        .row("dataset")
        .text(dataset(provenance))
        .row("SHA-256 of its manifest")
        .text(provenance.dataset().manifestSha256())
        .row("temperature")
        .text(Words.number(calibration.temperature(), 3))
        .row("a species is named from")
        .text(Words.percent(calibration.answer().speciesAt()))
        .row("a genus is named from")
        .text(Words.percent(calibration.answer().genusAt()))
        .row("poisonous from")
        .text(Words.percent(calibration.poison().flagAt()))
        .row("not known to be poisonous below")
        .text(Words.percent(calibration.poison().clearBelow()))
        .row("no mushroom below")
        .text(Words.percent(calibration.gate().threshold()))
        .row("measured")
        .text(
            provenance.measured().truncatedTo(ChronoUnit.SECONDS)
                + ", code "
                + provenance.codeVersion())
        .row("the same again")
        .text(provenance.command());
    return new Section(
        "measured",
        "How this was measured",
        List.of(
            Block.table(table.build()),
            Block.text(
                "Every photograph went through the decoding, the network, the thresholds and the"
                    + " safety policy that the API serves with. Intervals are of 95 %: the exact"
                    + " one of Clopper and Pearson for shares, a bootstrap of 2,000 rounds and one"
                    + " seed for macro-F1, loss and poison cost. Photographs of one find count as"
                    + " one piece of evidence in them. They tell what chance does with so many"
                    + " photographs of this kind, not what other photographs would do."),
            Block.text(
                "“Poisonous” here means that the species catalogue calls the label poisonous or"
                    + " deadly; a † marks deadly. “Not known to be poisonous” is no promise."),
            Block.text(
                "The pictures belong to those who took them and are shown here to judge the model."
                    + " Do not publish this page where their licences do not allow it.")));
  }

  private static Template template() throws IOException {
    return Mustache.compiler()
        .withEscaper(HtmlText::escape)
        .strictSections(true)
        .emptyStringIsFalse(true)
        .withLoader(name -> new StringReader(resource(name + ".html")))
        .compile(resource("report.html"));
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = EvaluationReport.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
