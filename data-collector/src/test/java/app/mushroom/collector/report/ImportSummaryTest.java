package app.mushroom.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.dataset.DatasetAssembly.Earlier;
import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.dataset.SplitShares;
import app.mushroom.collector.imports.ImportOptions;
import app.mushroom.collector.imports.ImportOutcome;
import app.mushroom.collector.imports.ImportOutcome.Ending;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportSummaryTest {
  private static final String PAYLOAD = "<b>\u001b[2J\u202e";

  @Test
  void isFitForATerminal() {
    DatasetPhoto photo =
        new DatasetPhoto(
            "0".repeat(64),
            "amanita_muscaria",
            LabelRank.SPECIES,
            "Amanita muscaria",
            "amanita",
            Split.TRAIN,
            "g",
            null,
            300,
            200,
            1,
            PAYLOAD,
            null,
            PAYLOAD,
            PAYLOAD);
    ImportOutcome outcome =
        new ImportOutcome(
            Ending.TOO_MANY_REFUSED,
            8,
            List.of(photo),
            1,
            0,
            Collections.nCopies(7, new Refusal("truncated", PAYLOAD, PAYLOAD)),
            QualityFindings.NONE,
            List.of(PAYLOAD),
            null);
    ImportOptions options =
        new ImportOptions(
            List.of(Path.of("list.csv")),
            "mushrooms",
            SplitShares.USUAL,
            Earlier.KEPT,
            false,
            0.05,
            1,
            false);

    assertThat(ImportSummary.of(outcome, options, "store"))
        .contains("amanita_muscaria", "Refused, truncated: 7", "… and 2 more", "--keep-going")
        .doesNotContain("\u001b", "\u202e");
  }
}
