package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.FaultyStore;
import app.mushroom.trainer.runs.Console;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunState;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.runs.TrainingRun;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training that is killed (SIGKILL) at random moments and resumed each time. {@code
 * -Dmushroom.kills=20} kills more often than the build has time for.
 */
class KilledTrainingTest {

  private static final int KILLS = Integer.getInteger("mushroom.kills", 3);
  private static final long SEED = 20261121;

  /** In lines: to begin takes about 40, to resume 20, an epoch with its checkpoint 30. */
  private static final int LONGEST_LIFE = 80;

  private static final Pattern STEP = Pattern.compile("> epoch (\\d+)/\\d+: (\\d+)/\\d+");

  @TempDir Path folder;

  /** Trains or resumes; before everything it does it says so and waits for a nod. */
  static final class Trainer {
    public static void main(String[] arguments) throws Exception {
      Path store = Path.of(arguments[0]);
      Path work = Files.createTempDirectory("killed-");
      try (FaultyStore objects = new FaultyStore(ObjectStores.open(store.toString()))) {
        objects.fail(
            (operation, key) -> {
              if (!key.startsWith("datasets/")) {
                say(operation + " " + key);
              }
            });
        RunStore runs = new RunStore(objects);
        RunParameters parameters =
            runs.read(runs.runs().get(0), "params.json", RunParameters.class).orElseThrow();
        Optional<RunState> state = runs.read(parameters.run(), RunState.FILE, RunState.class);
        if (state.map(RunState::ended).orElse(false)) {
          System.exit(0); // killed in its very last write
        }
        new TrainingRun(
                parameters, objects, SpeciesCatalogue.load(), new Lines(), Clock.systemUTC())
            .run(
                Path.of(arguments[1]),
                new TrainingRun.Execution("cpu", work, Duration.ZERO, () -> false));
      }
      System.exit(0);
    }

    static void say(String line) {
      System.out.println("> " + line);
      try {
        System.in.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Lines implements Console {
    @Override
    public void say(String line) {
      Trainer.say(line);
    }

    @Override
    public void progress(String step, int done, int total, String detail) {
      Trainer.say(step + ": " + done + "/" + total);
    }
  }

  /** How far one life came, in steps since the run began. */
  private record Life(long first, long last, boolean finished) {}

  @Test
  void losesAtMostOneEpochAndEndsWithTheVeryNetworkOfARunThatWasNeverKilled() throws Exception {
    String epochs = "--epochs=" + (3 + KILLS * 2 / 3);
    TinyRun calm = new TinyRun(folder.resolve("calm"));
    assertThat(calm.train(epochs)).as(calm.errors()).isZero();

    TinyRun killed = new TinyRun(folder.resolve("killed"));
    killed.begin(epochs);
    Random random = new Random(SEED);
    long reached = 0;
    long worst = 0;
    int kills = 0;
    Life life = new Life(0, 0, false);
    while (!life.finished()) {
      boolean mortal = kills < KILLS;
      int lines = mortal ? 1 + random.nextInt(LONGEST_LIFE) : Integer.MAX_VALUE;
      life = live(killed, lines, random.nextBoolean());
      if (life.last() > 0) {
        worst = Math.max(worst, reached - (life.first() - 1));
        reached = Math.max(reached, life.last());
      }
      kills += life.finished() ? 0 : 1;
      System.out.printf("life %d: steps %d to %d%n", kills, life.first(), life.last());
      assertThat(kills).as("lives that ended").isLessThanOrEqualTo(KILLS);
    }
    System.out.printf(
        "%d kills: at most %d of %d steps an epoch done again%n",
        kills, worst, TinyRun.STEPS_PER_EPOCH);
    assertThat(kills).isEqualTo(KILLS);
    assertThat(worst).isLessThanOrEqualTo(TinyRun.STEPS_PER_EPOCH);
    try (ObjectStore objects = ObjectStores.open(killed.store().toString())) {
      assertThat(new ModelRegistry(objects, Clock.systemUTC()).versions("mushrooms")).hasSize(1);
      RunState state =
          new RunStore(objects)
              .read(killed.folder().getFileName().toString(), RunState.FILE, RunState.class)
              .orElseThrow();
      assertThat(state.ended()).isTrue();
      assertThat(killed.network(String.valueOf(state.publishedVersion())))
          .isEqualTo(calm.network("1"));
    }
    assertThat(killed.epochs()).isEqualTo(calm.epochs());
  }

  /**
   * @param lines after how many it is killed
   * @param busy whether while it does what the last line says, or before
   */
  private Life live(TinyRun run, int lines, boolean busy) throws Exception {
    List<String> arguments = List.of(run.store().toString(), run.backbone().toString());
    Path temporary = Files.createTempDirectory(folder, "life-");
    long first = 0;
    long last = 0;
    StringBuilder printed = new StringBuilder();
    try (OtherProcess process = OtherProcess.start(Trainer.class, temporary, arguments)) {
      int read = 0;
      for (String line = process.line(); line != null; line = process.line()) {
        printed.append(line).append('\n');
        Matcher step = STEP.matcher(line);
        if (step.matches()) {
          long epochsDone = Long.parseLong(step.group(1)) - 1;
          last = epochsDone * TinyRun.STEPS_PER_EPOCH + Long.parseLong(step.group(2)) / 8;
          first = first == 0 ? last : first;
        }
        if (line.startsWith("> ")) {
          read++;
          if (read < lines || read == lines && busy) {
            process.nod();
          }
          if (read == lines) {
            process.kill();
          }
        }
      }
      int code = process.exitCode();
      assertThat(code).as(printed.toString()).isIn(0, 137);
      return new Life(first, last, code == 0);
    }
  }
}
