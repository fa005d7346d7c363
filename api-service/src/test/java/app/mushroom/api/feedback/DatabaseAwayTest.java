package app.mushroom.api.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.api.identification.Identification;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.CannotAcquireLockException;

/** Nothing waits for a database that is not there. */
class DatabaseAwayTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path folder;

  @Test
  void theServiceStartsWithoutOne() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    startsWithoutDatabaseAt(port);
  }

  @Test
  void theServiceStartsWithOneThatNeverAnswers() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      startsWithoutDatabaseAt(silent.getLocalPort());
    }
  }

  private static void startsWithoutDatabaseAt(int port) {
    RecordsRunner.on("jdbc:postgresql://127.0.0.1:" + port + "/mushroom", Clock.systemUTC())
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              saysThatNothingIsRecorded(context);
              assertThat(context.getBean(Retention.class).deleteOld())
                  .isEqualTo(new Records.Deleted(0, 0));
            });
  }

  private static void saysThatNothingIsRecorded(ApplicationContext context) {
    long since = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      assertThat(context.getBean(Recorder.class).record(RecordsRunner.identification(), 1))
          .isFalse();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(SOON);
    assertThatThrownBy(() -> context.getBean(Database.class).use(() -> 1))
        .isInstanceOf(RecordsUnavailableException.class);
  }

  @Test
  void aTransactionThatLosesToAnotherIsTriedAgainAndSaysNothingOfTheDatabase() {
    RecordsRunner.on("jdbc:h2:mem:loses;DB_CLOSE_DELAY=-1", Clock.systemUTC())
        .run(
            context -> {
              Database database = context.getBean(Database.class);
              AtomicInteger attempts = new AtomicInteger();
              int answer =
                  database.use(
                      () -> {
                        if (attempts.incrementAndGet() == 1) {
                          throw new CannotAcquireLockException("another was faster");
                        }
                        return 7;
                      });
              assertThat(answer).isEqualTo(7);
              assertThatThrownBy(
                      () ->
                          database.use(
                              () -> {
                                throw new CannotAcquireLockException("another was faster");
                              }))
                  .isInstanceOf(RecordsUnavailableException.class);
              assertThat(database.isUp()).isTrue();
            });
  }

  @Test
  void oneThatHangsIsGivenUpAndWhatItHeldIsRolledBack() throws Exception {
    String url = "jdbc:h2:mem:hangs;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000";
    RecordsRunner.on(url, Clock.systemUTC())
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              Recorder recorder = context.getBean(Recorder.class);
              List<Identification> unrecorded = new ArrayList<>();
              try (Connection other = DriverManager.getConnection(url, "sa", "");
                  var statement = other.createStatement()) {
                statement.execute("SET EXCLUSIVE 1");
                for (int i = 0; i < 3; i++) {
                  Identification identification = RecordsRunner.identification();
                  assertThat(recorder.record(identification, 1)).isFalse();
                  unrecorded.add(identification);
                }
                assertThat(context.getBean(Database.class).isUp()).isFalse();
                saysThatNothingIsRecorded(context);
                statement.execute("SET EXCLUSIVE FALSE");
              }
              Awaitility.await()
                  .atMost(Duration.ofSeconds(20))
                  .until(() -> recorder.record(RecordsRunner.identification(), 1));
              for (Identification identification : unrecorded) {
                assertThat(context.getBean(Records.class).isKnown(identification.id())).isFalse();
              }
            });
  }

  @Test
  void aDatabaseFileThatIsInUseIsSaidAtTheStart() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("mushroom");
    // The lock is that of another process; within one, H2 shares the file.
    java.nio.file.Files.writeString(folder.resolve("mushroom.mv.db"), "");
    try (var channel =
            java.nio.channels.FileChannel.open(
                folder.resolve("mushroom.mv.db"),
                java.nio.file.StandardOpenOption.READ,
                java.nio.file.StandardOpenOption.WRITE);
        var ignored = channel.lock()) {
      RecordsRunner.on(url, Clock.systemUTC())
          .run(
              context -> {
                assertThat(context).hasFailed();
                assertThat(context.getStartupFailure()).hasStackTraceContaining("locked");
              });
    }
  }

  @Test
  void postgresThatFallsAwayAndComesBackIsUsedAgain() throws Exception {
    outage(Relay::goAway);
  }

  @Test
  void postgresThatFallsSilentAndComesBackIsUsedAgain() throws Exception {
    outage(Relay::fallSilent);
  }

  private interface Outage {
    void begin(Relay relay);
  }

  private static void outage(Outage outage) throws Exception {
    Postgres.require();
    URI real = URI.create(Postgres.url().substring("jdbc:".length()));
    try (Relay relay = new Relay(real.getHost(), real.getPort() < 0 ? 5432 : real.getPort())) {
      String url =
          "jdbc:postgresql://127.0.0.1:"
              + relay.port()
              + real.getPath()
              + "?"
              + real.getQuery()
              + "&socketTimeout=2";
      RecordsRunner.on(url, Clock.systemUTC())
          .run(
              context -> {
                assertThat(context).hasNotFailed();
                Recorder recorder = context.getBean(Recorder.class);
                Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> recorder.record(RecordsRunner.identification(), 1));
                outage.begin(relay);
                long since = System.nanoTime();
                List<Identification> unrecorded = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                  Identification identification = RecordsRunner.identification();
                  assertThat(recorder.record(identification, 1)).isFalse();
                  unrecorded.add(identification);
                }
                assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(SOON);
                saysThatNothingIsRecorded(context);
                relay.comeBack();
                Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> recorder.record(RecordsRunner.identification(), 1));
                for (Identification identification : unrecorded) {
                  assertThat(context.getBean(Records.class).isKnown(identification.id())).isFalse();
                }
              });
    }
  }
}
