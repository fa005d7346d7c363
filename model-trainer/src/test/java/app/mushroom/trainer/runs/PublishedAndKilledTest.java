package app.mushroom.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.FaultyStore;
import app.mushroom.trainer.cli.TinyRun;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that dies, or an engine that gives out, between publishing and the end of the run. */
class PublishedAndKilledTest {

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();
  private TinyRun tiny;
  private FaultyStore objects;
  private RunParameters parameters;
  private boolean published;
  private int folders;

  /** What nobody catches, as little as a kill. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  @BeforeEach
  void begin() throws Exception {
    tiny = new TinyRun(folder.resolve("tiny"));
    parameters = tiny.begin("--epochs=0", "--head-epochs=1");
    objects = new FaultyStore(ObjectStores.open(tiny.store().toString()));
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @ParameterizedTest
  @CsvSource({"'', 1", "run.json, 1", "evaluation.json, 1", "report.html, 1", "run.json, 2"})
  void publishesNothingTwiceAndMakesUpForTheRest(String dyingBefore, int time) throws Exception {
    int[] left = {time};
    boolean[] dead = {false};
    objects.fail(
        (operation, key) -> {
          boolean last = operation.equals("write") && key.endsWith(dyingBefore);
          if (published && (last || dyingBefore.isEmpty()) && --left[0] == 0) {
            dead[0] = true;
          }
          if (dead[0]) {
            throw new Killed();
          }
          published |= operation.equals("write") && key.endsWith("/bundle.json");
        });
    assertThatThrownBy(this::train).isInstanceOf(Killed.class);

    objects.fail(FaultyStore.Fault.NONE);
    train();
    assertThat(new ModelRegistry(objects, Clock.systemUTC()).versions("mushrooms"))
        .containsExactly("1");
    assertThat(state().ended()).isTrue();
    assertThat(state().publishedVersion()).isEqualTo("1");
    assertThat(run("report.html")).content().contains("</html>");
    assertThat(run("evaluation.json")).content().contains("\"details\"");
  }

  @Test
  void anEngineThatGivesOutOverThePicturesOfTheReportFailsNothing() throws Exception {
    objects.fail(
        (operation, key) -> {
          if (key.endsWith("report.html")) {
            throw new IllegalStateException("the engine gave out");
          }
        });
    train();
    assertThat(said)
        .anyMatch(line -> line.contains("report could not be written") && line.contains("engine"));
    assertThat(state().ended()).isTrue();
  }

  @Test
  void figuresThatCannotBeWrittenAreMadeUpForLater() throws Exception {
    objects.fail(
        (operation, key) -> {
          if (operation.equals("write") && key.endsWith("evaluation.json")) {
            throw new IOException("No space left on device");
          }
        });
    train();
    assertThat(said).anyMatch(line -> line.contains("--resume " + parameters.run()));
    assertThat(state().state()).isEqualTo(RunState.PUBLISHED);
    objects.fail(FaultyStore.Fault.NONE);
    train();
    assertThat(state().ended()).isTrue();
    assertThat(run("evaluation.json")).exists();
    assertThatThrownBy(this::train).isInstanceOf(IllegalStateException.class);
  }

  private Path run(String file) {
    return tiny.store().resolve("runs/" + parameters.run()).resolve(file);
  }

  private RunState state() throws IOException {
    return new RunStore(objects)
        .read(parameters.run(), RunState.FILE, RunState.class)
        .orElseThrow();
  }

  private void train() throws IOException {
    Path work = Files.createDirectory(folder.resolve("work-" + folders++));
    Console console =
        new Console() {
          @Override
          public void say(String line) {
            said.add(line);
          }

          @Override
          public void progress(String step, int done, int total, String detail) {}
        };
    TrainingRun.Execution execution =
        new TrainingRun.Execution("cpu", work, Duration.ZERO, () -> false);
    assertThat(
            new TrainingRun(
                    parameters, objects, SpeciesCatalogue.load(), console, Clock.systemUTC())
                .run(tiny.backbone(), execution))
        .hasValueSatisfying(done -> assertThat(done.manifest().version()).isEqualTo("1"));
  }
}
