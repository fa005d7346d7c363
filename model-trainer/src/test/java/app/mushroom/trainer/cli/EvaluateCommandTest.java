package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.evaluation.EvaluationDetails;
import app.mushroom.trainer.promotion.ConstantModel;
import app.mushroom.trainer.publishing.BundleMetrics;
import app.mushroom.trainer.report.PageCheck;
import app.mushroom.trainer.runs.RunEvaluation;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.torchscript.TinyBackbone;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {

  @TempDir static Path folder;

  private static Path store;

  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @BeforeAll
  static void train() throws Exception {
    store = folder.resolve("store");
    TinyDataset.write(store);
    EvaluateCommandTest trainer = new EvaluateCommandTest();
    int exit =
        trainer.run(
            "train",
            "--store=" + store,
            "--dataset=tiny",
            "--backbone=" + TinyBackbone.write(folder.resolve("tiny.pt")),
            "--smallest-size=32",
            "--largest-size=32",
            "--input-size=32",
            "--batch-size=8",
            "--epochs=1");
    assertThat(exit).as(trainer.errors.toString()).isZero();
    exit = trainer.run("models", "promote", "1", "--force", "--reason=tiny", "--store=" + store);
    assertThat(exit).as(trainer.errors.toString()).isZero();
  }

  @Test
  void hasEveryCommandOfTheLauncher() {
    assertThat(TrainerApplication.commandLine(() -> false).getSubcommands())
        .containsKeys("train", "evaluate", "models", "runs");
  }

  @Test
  void measuresTheChampionAndABundleFolderAlike() {
    assertThat(evaluate("--split=test", "--json")).as(errors.toString()).isZero();
    String champion = out.toString();
    assertThat(champion).contains("\"photos\" : 18", "poisonRecall");
    out.getBuffer().setLength(0);
    assertThat(
            evaluate("--split=test", "--json", "--bundle=" + store.resolve("models/mushrooms/1")))
        .as(errors.toString())
        .isZero();
    assertThat(out.toString()).isEqualTo(champion);
  }

  @Test
  void writesTheReportAndItsDetails() throws Exception {
    Path report = folder.resolve("report.html");
    Path details = folder.resolve("details.json");
    assertThat(evaluate("--split=val", "--report=" + report, "--details=" + details))
        .as(errors.toString())
        .isZero();
    assertThat(out.toString()).contains("top-1", "Report: " + report);
    String page = Files.readString(report);
    PageCheck.check(page);
    assertThat(page)
        .contains("How good is mushrooms version 1?", "Amanita muscaria (fly agaric)")
        .contains("--model-version 1 --dataset tiny --dataset-version 1 --split val")
        .doesNotContain("near-duplicates of them", "nobody checked");
    assertThat(Files.readString(details))
        .contains("\"split\" : \"val\"", "\"missed\"", "\"trainedOn\" : 0", "\"auroc\"");
  }

  @Test
  void trainingLeavesTheReportInItsRunRecord() throws Exception {
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      RunStore runs = new RunStore(objects);
      String run = runs.runs().get(0);
      RunEvaluation evaluation =
          runs.read(run, "evaluation.json", RunEvaluation.class).orElseThrow();
      assertThat(evaluation.details()).containsOnlyKeys("val", "test");
      EvaluationDetails test = evaluation.details().get("test");
      assertThat(test.figures()).isEqualTo(evaluation.test());
      assertThat(test.labels()).hasSize(3);
      assertThat(test.trainedOn()).isZero();
      assertThat(runs.read(run, "evaluation.json", BundleMetrics.class))
          .as("it is metrics.json and more")
          .contains(
              JsonDocument.read(
                  Files.readAllBytes(store.resolve("models/mushrooms/1/metrics.json")),
                  BundleMetrics.class,
                  "metrics.json"));
      String page = Files.readString(store.resolve("runs/" + run + "/report.html"));
      PageCheck.check(page);
      assertThat(page).contains("The test split", "The val split");
    }
    assertThat(store.resolve("models/mushrooms/1")).isDirectoryNotContaining("glob:**.html");
  }

  @Test
  void refusesOrSetsApartLabelsThatTheModelWasNeverTaught() throws Exception {
    publishWithUnknownLabel();
    assertThat(evaluate("--dataset-version=2", "--no-report")).isEqualTo(1);
    assertThat(errors.toString())
        .contains("3 photographs of others: {galerina_marginata=3}", "--unknown-labels skip");
    Path report = folder.resolve("unknown.html");
    assertThat(evaluate("--dataset-version=2", "--unknown-labels=skip", "--report=" + report))
        .as(errors.toString())
        .isZero();
    assertThat(out.toString())
        .contains("mushroom photographs                 15")
        .contains("never taught: {galerina_marginata=3}");
    PageCheck.check(Files.readString(report));
    assertThat(Files.readString(report))
        .contains("Species it was never taught", "Galerina marginata")
        .contains("--unknown-labels skip");
  }

  @Test
  void saysBeforeTheLongWorkThatTheReportHasNoPlace() {
    assertThat(evaluate("--report=" + folder.resolve("nowhere/report.html"))).isEqualTo(1);
    assertThat(errors.toString()).contains("--report", "nowhere");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void saysThatThereIsNoChampion() throws Exception {
    Path empty = folder.resolve("empty");
    TinyDataset.write(empty);
    assertThat(run("evaluate", "--store=" + empty, "--dataset=tiny")).isEqualTo(1);
    assertThat(errors.toString()).contains("no champion", "--bundle");
  }

  @Test
  void aPhotoThatCannotBeReadIsNamedAndLeftOut() throws Exception {
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      DatasetRepository datasets = new DatasetRepository(objects);
      List<DatasetPhoto> photos = new ArrayList<>(datasets.read("tiny", 1).photos());
      for (DatasetPhoto photo : photos) {
        datasets.putImage("broken", photo.sha256(), datasets.image("tiny", photo.sha256()));
      }
      byte[] words = "no photo at all".getBytes(StandardCharsets.UTF_8);
      datasets.putImage("broken", Sha256.of(words), words);
      DatasetPhoto one = photos.stream().filter(p -> p.split() == Split.VAL).findFirst().get();
      photos.add(
          new DatasetPhoto(
              Sha256.of(words),
              one.label(),
              one.rank(),
              one.taxon(),
              one.genus(),
              Split.VAL,
              "broken",
              null,
              40,
              36,
              words.length,
              "drawn",
              null,
              "CC0-1.0",
              null));
      datasets.publish("broken", photos, Map.of(), Instant.EPOCH);
    }
    Path report = folder.resolve("broken.html");
    Path details = folder.resolve("broken.json");
    assertThat(
            run(
                "evaluate",
                "--store=" + store,
                "--dataset=broken",
                "--report=" + report,
                "--details=" + details))
        .as(errors.toString())
        .isZero();
    assertThat(out.toString()).contains("mushroom photographs                 18");
    assertThat(Files.readString(details)).contains("\"unreadable\" : 1");
    assertThat(Files.readString(report)).contains("could not be read and count nowhere");
  }

  @Test
  void aModelThatIsNoNetworkIsSaidInOneSentence() throws Exception {
    try (ObjectStore objects = ObjectStores.open(folder.resolve("bad").toString())) {
      TinyDataset.write(folder.resolve("bad"));
      var card = new DatasetRepository(objects).read("tiny", 1).card();
      ConstantModel.publish(
          new ModelRegistry(objects, Clock.systemUTC()),
          folder,
          new DatasetReference("tiny", 1, card.manifestSha256()),
          ConstantModel.LABELS,
          ConstantModel.HARMLESS,
          "run-1",
          files -> Files.writeString(files.resolve("model.pt"), "<html>"));
    }
    String bad = "--store=" + folder.resolve("bad");
    assertThat(run("evaluate", bad, "--dataset=tiny", "--model-version=1", "--no-report"))
        .isEqualTo(1);
    assertThat(errors.toString())
        .contains("Expected model.pt to be a TorchScript module")
        .doesNotContain("\tat ");
  }

  /** Version 2: three of the photos to choose by are of a species that version 1 does not have. */
  private static void publishWithUnknownLabel() throws Exception {
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      DatasetRepository datasets = new DatasetRepository(objects);
      List<DatasetPhoto> photos = new ArrayList<>();
      int left = 3;
      for (DatasetPhoto photo : datasets.read("tiny", 1).photos()) {
        boolean moved =
            left > 0 && photo.label().equals("lepista_nuda") && photo.split() == Split.VAL;
        left -= moved ? 1 : 0;
        photos.add(moved ? galerina(photo) : photo);
      }
      datasets.publish("tiny", photos, Map.of(), Instant.parse("2026-01-02T00:00:00Z"));
    }
  }

  private static DatasetPhoto galerina(DatasetPhoto photo) {
    return new DatasetPhoto(
        photo.sha256(),
        "galerina_marginata",
        photo.rank(),
        "Galerina marginata",
        "galerina",
        photo.split(),
        photo.group(),
        "A",
        photo.width(),
        photo.height(),
        photo.sizeBytes(),
        photo.source(),
        null,
        photo.licence(),
        null);
  }

  private int evaluate(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", "--store=" + store, "--dataset=tiny"));
    if (!List.of(more).toString().contains("--dataset-version")) {
      arguments.add("--dataset-version=1");
    }
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    CommandLine commandLine = TrainerApplication.commandLine(() -> false);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(errors, true));
    return commandLine.execute(arguments);
  }
}
