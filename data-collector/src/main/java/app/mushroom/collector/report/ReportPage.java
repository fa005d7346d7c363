package app.mushroom.collector.report;

import app.mushroom.collector.report.Pictures.Picture;
import app.mushroom.collector.report.Pictures.Size;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.vision.species.SpeciesCatalogue;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The page of a version: style and pictures lie in it, it has no script, and a content security
 * policy lets it load nothing from anywhere.
 */
final class ReportPage {
  /** Of all pictures together, so that the page stays below 15 MB whatever the dataset. */
  private static final long MAX_PICTURE_BYTES = 12_000_000;

  private static final int MAX_NEW_PICTURES = 24;

  private final DatasetRepository datasets;
  private final SpeciesCatalogue catalogue;

  ReportPage(DatasetRepository datasets, SpeciesCatalogue catalogue) {
    this.datasets = datasets;
    this.catalogue = catalogue;
  }

  /** What the template fills in. */
  private record Page(
      String style,
      Headline headline,
      List<String> unreadable,
      List<String> notes,
      Changes changes,
      List<Picture> newPictures,
      NextSection next,
      LabelBalance balance,
      Likenesses likenesses,
      String withoutConflicts,
      ContactSheets sheets,
      LeftOut leftOut,
      List<Tally> tallies,
      @Nullable String manifest) {}

  /** The whole page, to be stored as UTF-8. */
  String of(Reported reported) throws IOException {
    List<DatasetPhoto> photos = reported.photos();
    DatasetCard card = reported.card();
    NextLabels next = NextLabels.of(photos, catalogue);
    LabelBalance balance = LabelBalance.of(photos, catalogue, next.target());
    Changes changes = Changes.of(photos, reported.before());
    Pictures pictures = new Pictures(datasets, reported.dataset(), MAX_PICTURE_BYTES);
    // In this order: what there is no room for is the last of the contact sheets.
    Likenesses likenesses = Likenesses.of(reported, pictures);
    List<Picture> newPictures =
        reported.before().isEmpty() ? List.of() : strip(changes.added(), pictures);
    ContactSheets sheets = ContactSheets.of(photos, balance, pictures);
    return template()
        .execute(
            new Page(
                resource("report.css"),
                Headline.of(reported, balance, changes),
                unreadable(pictures),
                reported.notes(),
                changes,
                newPictures,
                NextSection.of(reported, next, catalogue),
                balance,
                likenesses,
                reported.withoutConflicts(),
                sheets,
                LeftOut.of(reported),
                List.of(
                    Tally.of("Licences", "as the source states it", photos, DatasetPhoto::licence),
                    Tally.of("Sources", "host", photos, DatasetPhoto::sourceHost)),
                card == null ? null : card.manifestSha256()));
  }

  private static List<Picture> strip(List<DatasetPhoto> photos, Pictures pictures)
      throws IOException {
    List<Picture> strip = new ArrayList<>();
    for (DatasetPhoto photo : Selection.ofLabels(photos, MAX_NEW_PICTURES)) {
      String title = photo.label() + "; " + Words.credit(photo);
      pictures.of(photo.sha256(), photo.label(), title, Size.SMALL).ifPresent(strip::add);
    }
    return strip;
  }

  private static List<String> unreadable(Pictures pictures) {
    return pictures.unreadable().isEmpty()
        ? List.of()
        : List.of(
            "Stored photos are damaged: %s. See mushroom collect verify."
                .formatted(Words.list(List.copyOf(pictures.unreadable()), 3)));
  }

  private static Template template() throws IOException {
    return Mustache.compiler()
        .withEscaper(Html::escape)
        .strictSections(true)
        .emptyStringIsFalse(true)
        .withLoader(name -> new StringReader(resource(name + ".html")))
        .compile(resource("report.html"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
