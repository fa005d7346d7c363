package app.mushroom.trainer.tracking;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.trainer.runs.EpochRecord;
import app.mushroom.trainer.runs.RunState;
import app.mushroom.trainer.runs.RunStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes a run record step by step, as training does. */
final class RecordedRun {

  static final String RUN = "20261121-100000-aaaa";

  private final ObjectStore store;
  private final RunStore runs;
  private final List<EpochRecord> epochs = new ArrayList<>();

  RecordedRun(ObjectStore store) {
    this.store = store;
    this.runs = new RunStore(store);
  }

  RecordedRun begin() throws IOException {
    write(
        "params.json",
        """
        {"schemaVersion": 1, "run": "%s", "created": "2026-11-21T10:00:00Z", "user": "me",
         "codeVersion": "0.1.0+1a2b3c4d5e6f-dirty", "model": "mushrooms",
         "dataset": {"name": "mushrooms", "version": 1, "manifestSha256": "%s"},
         "backbone": "%s", "backboneSha256": "c0", "architecture": "tiny",
         "device": {"device": "auto"},
         "hyperparameters": {"headEpochs": 40, "epochs": 3, "batchSize": 32, "smallestSize": 128,
           "largestSize": 192, "inputSize": 224, "learningRate": 5.0E-4, "headLearningRate": 0.001,
           "stemShare": 0.2, "weightDecay": 0.05, "maxNorm": 5.0, "dropout": 0.2,
           "smoothing": 0.1, "genusWeight": 0.3, "poisonWeight": 0.3, "balance": 0.2,
           "averageDecay": 0.995, "minCropArea": 0.35, "colour": 0.2, "erasing": 0.15,
           "mixup": 0.25, "cutMix": 0.25, "seed": 1}}
        """
            .formatted(RUN, "0".repeat(64), "b".repeat(700)));
    return state("running", null);
  }

  RecordedRun epoch(double top1) throws IOException {
    epochs.add(
        new EpochRecord(
            epochs.size() + 1, 128, 1e-4, 2.5, 12.5, 300, top1, 0.9, 0.8, 0.6, Double.NaN));
    runs.writeMetrics(RUN, epochs);
    return this;
  }

  RecordedRun finish(String published) throws IOException {
    String figures =
        """
        {"photos": 10, "top1": 0.5, "poisonRecall": 0.97, "poisonCost": 1.5, "macroF1": 0.4,
         "notMushroomRefused": "NaN"}
        """;
    write(
        "evaluation.json",
        "{\"schemaVersion\": 1, \"val\": " + figures + ", \"test\": " + figures + "}");
    return state("finished", published);
  }

  RecordedRun state(String state, String published) throws IOException {
    Instant time = Instant.parse("2026-11-21T11:00:00Z");
    runs.write(RUN, "run.json", new RunState(1, state, time, epochs.size(), null, published, null));
    return this;
  }

  void write(String name, String text) throws IOException {
    store.writeBytes(
        ObjectKey.of("runs", RUN, name),
        text.getBytes(StandardCharsets.UTF_8),
        Precondition.none());
  }
}
