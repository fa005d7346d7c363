package app.mushroom.api.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.identification.Identification;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What holds on every database. */
abstract class RecordsContract {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  final SettableClock clock = new SettableClock();

  /** An address with credentials, of a database that this test may empty. */
  abstract String url();

  static final class SettableClock extends Clock {
    Instant now = START;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private void run(ContextConsumer<ApplicationContext> test) {
    RecordsRunner.on(url(), clock)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              Awaitility.await()
                  .atMost(Duration.ofSeconds(30))
                  .until(() -> context.getBean(Database.class).isUp());
              context.getBean(JdbcClient.class).sql("DELETE FROM feedback").update();
              context.getBean(JdbcClient.class).sql("DELETE FROM identification").update();
              test.accept(context);
            });
  }

  private static Feedback feedback(String comment) {
    return new Feedback("wrong", "boletus_edulis", comment, true);
  }

  @Test
  void anIdentificationIsInBeforeItIsSaidToBe() {
    run(
        context -> {
          Identification identification = RecordsRunner.identification();
          assertThat(context.getBean(Recorder.class).record(identification, 2)).isTrue();
          assertThat(context.getBean(Records.class).isKnown(identification.id())).isTrue();
          context.getBean(Records.class).insertIfMissing(identification, 2);
        });
  }

  @Test
  void feedbackIsTakenFiveTimesHoweverManyComeAtOnce() {
    run(
        context -> {
          Records records = context.getBean(Records.class);
          UUID id = inserted(records);
          ExecutorService threads = Executors.newFixedThreadPool(4);
          List<Callable<Optional<Boolean>>> calls = new ArrayList<>();
          for (int i = 0; i < 16; i++) {
            calls.add(() -> records.insert(UUID.randomUUID(), id, feedback("x"), 0, "aa"));
          }
          List<Optional<Boolean>> results = new ArrayList<>();
          for (Future<Optional<Boolean>> one : threads.invokeAll(calls)) {
            results.add(one.get());
          }
          threads.shutdown();
          assertThat(results).filteredOn(Optional.of(true)::equals).hasSize(5);
          assertThat(results).filteredOn(Optional.of(false)::equals).hasSize(11);
          assertThat(records.insert(UUID.randomUUID(), UUID.randomUUID(), feedback("x"), 0, "aa"))
              .isEmpty();
        });
  }

  @Test
  void feedbackCanBeDeleted() {
    run(
        context -> {
          Records records = context.getBean(Records.class);
          UUID id = UUID.randomUUID();
          records.insert(id, inserted(records), feedback(null), 1, "abcd");
          assertThat(records.withdrawalSha256(id)).hasValue("abcd");
          assertThat(records.deleteFeedback(id)).isTrue();
          assertThat(records.deleteFeedback(id)).isFalse();
          assertThat(records.withdrawalSha256(id)).isEmpty();
        });
  }

  @Test
  void whatIsTooOldGoesWithItsFeedbackAndNothingElseDoes() {
    run(
        context -> {
          Records records = context.getBean(Records.class);
          Retention retention = context.getBean(Retention.class);
          assertThat(retention.deleteOld()).isEqualTo(new Records.Deleted(0, 0));
          for (int i = 0; i < 1_203; i++) {
            clock.now = START.plusSeconds(i);
            UUID id = inserted(records);
            if (i % 100 == 0) {
              records.insert(UUID.randomUUID(), id, feedback("x"), 0, "aa");
            }
          }
          clock.now = START.plusSeconds(1_200).plus(Duration.ofDays(365));
          assertThat(retention.deleteOld()).isEqualTo(new Records.Deleted(1_200, 12));
          assertThat(count(context, "identification")).isEqualTo(3);
          assertThat(count(context, "feedback")).isEqualTo(1);
        });
  }

  @Test
  void severalReplicasDeleteSideBySide() {
    run(
        context -> {
          Records records = context.getBean(Records.class);
          clock.now = START;
          for (int i = 0; i < 200; i++) {
            records.insert(UUID.randomUUID(), inserted(records), feedback("x"), 0, "aa");
          }
          ExecutorService threads = Executors.newFixedThreadPool(3);
          List<Callable<Integer>> replicas = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            replicas.add(
                () -> {
                  int gone = 0;
                  for (int round = 0; round < 40; round++) {
                    gone += records.deleteBefore(START.plusSeconds(1), 7).identifications();
                  }
                  return gone;
                });
          }
          int gone = 0;
          for (Future<Integer> one : threads.invokeAll(replicas)) {
            gone += one.get();
          }
          threads.shutdown();
          assertThat(gone).isEqualTo(200);
          assertThat(count(context, "feedback")).isZero();
        });
  }

  @Test
  void allIsReadOnceInTheOrderOfTimeAcrossPages() {
    run(
        context -> {
          Records records = context.getBean(Records.class);
          int rows = RecordReader.PAGE * 2 + 7;
          for (int i = 0; i < rows; i++) {
            clock.now = START.plusSeconds(i / 700); // hundreds of one instant
            inserted(records);
          }
          RecordReader reader = context.getBean(RecordReader.class);
          List<Object> ids = new ArrayList<>();
          List<Instant> times = new ArrayList<>();
          reader.read(
              RecordTable.IDENTIFICATIONS,
              Instant.EPOCH,
              Instant.parse("9999-12-31T00:00:00Z"),
              row -> {
                ids.add(row.get(0));
                times.add(((OffsetDateTime) row.get(1)).toInstant());
              });
          assertThat(ids).hasSize(rows).doesNotHaveDuplicates();
          assertThat(times).isSorted();
          ids.clear();
          reader.read(
              RecordTable.IDENTIFICATIONS,
              START.plusSeconds(1),
              START.plusSeconds(2),
              row -> ids.add(row.get(0)));
          assertThat(ids).hasSize(700);
        });
  }

  @Test
  void commentsComeBackAsTheyWereButNeverAsFormulas() {
    run(
        context -> {
          Records records = context.getBean(Records.class);
          String comment = "=HYPERLINK(\"x\")\r\nline, 2; \"quoted\" \uD83C\uDF44";
          records.insert(UUID.randomUUID(), inserted(records), feedback(comment), 0, "aa");
          StringWriter csv = new StringWriter();
          RecordSink sink = new RecordSink.Csv(RecordTable.FEEDBACK.columns(), csv);
          context
              .getBean(RecordReader.class)
              .read(
                  RecordTable.FEEDBACK,
                  Instant.EPOCH,
                  Instant.parse("9999-12-31T00:00:00Z"),
                  row -> {
                    assertThat(row.get(5)).isEqualTo(comment);
                    sink.row(row);
                  });
          sink.end();
          assertThat(csv.toString())
              .startsWith("id,created,identification,verdict,label,comment,")
              .contains(
                  ",wrong,boletus_edulis,\"'=HYPERLINK(\"\"x\"\")\r\n"
                      + "line, 2; \"\"quoted\"\" \uD83C\uDF44\",");
        });
  }

  private static UUID inserted(Records records) {
    Identification identification = RecordsRunner.identification();
    records.insert(identification, 1);
    return identification.id();
  }

  private static long count(ApplicationContext context, String table) {
    return context
        .getBean(JdbcClient.class)
        .sql("SELECT COUNT(*) FROM " + table)
        .query(Long.class)
        .single();
  }
}
