package app.mushroom.api.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import app.mushroom.api.identification.Identification;
import app.mushroom.api.identification.NotAvailableException;
import app.mushroom.api.identification.RecentIdentifications;
import app.mushroom.api.identification.TimeOrderedIds;
import app.mushroom.api.model.StoreUnavailableException;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is kept of feedback when the store or the database fails half-way, and what can be undone.
 */
class FeedbackDeskTest {
  private static final Feedback SHARED = new Feedback("right", null, "From a park.", true);

  @TempDir Path folder;

  private final RecentIdentifications recent = mock(RecentIdentifications.class);
  private int writesUntilFailure = Integer.MAX_VALUE;
  private final List<String> written = new ArrayList<>();

  private void run(ContextConsumer<ApplicationContext> test) throws IOException {
    ObjectStore store = store();
    TimeOrderedIds ids = mock(TimeOrderedIds.class);
    when(ids.next())
        .thenAnswer(
            call ->
                new UUID(
                    System.currentTimeMillis() << 16 | 0x7000,
                    UUID.randomUUID().getLeastSignificantBits()));
    RecordsRunner.on("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", Clock.systemUTC())
        .withUserConfiguration(FeedbackDesk.class, ReviewPhotos.class)
        .withBean(RecentIdentifications.class, () -> recent)
        .withBean(TimeOrderedIds.class, () -> ids)
        .withBean(ObjectStore.class, () -> store)
        .withBean(JsonMapper.class, JsonMapper::new)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              test.accept(context);
            });
  }

  private Identification identified(int photos) {
    Identification identification = RecordsRunner.identification();
    Photo photo = new Photo(2, 1, new byte[6], PhotoFormat.PNG, 2, 1);
    when(recent.find(any())).thenReturn(Optional.empty());
    when(recent.find(identification.id()))
        .thenReturn(
            Optional.of(
                new RecentIdentifications.Recent(
                    identification,
                    java.util.Collections.nCopies(photos, photo),
                    0,
                    Instant.now())));
    return identification;
  }

  @Test
  void whatWasNotRecordedIsRecordedWithTheFeedback() throws IOException {
    run(
        context -> {
          Identification identification = identified(2);
          FeedbackReceipt receipt =
              context.getBean(FeedbackDesk.class).accept(identification.id(), SHARED);
          assertThat(receipt.photosKept()).isEqualTo(2);
          assertThat(context.getBean(Records.class).isKnown(identification.id())).isTrue();
        });
  }

  @Test
  void theNoteIsWrittenLast() throws IOException {
    run(
        context -> {
          context.getBean(FeedbackDesk.class).accept(identified(3).id(), SHARED);
          assertThat(written).hasSize(4);
          assertThat(written.get(3)).endsWith(".json");
        });
  }

  @Test
  void aStoreThatFailsAnywhereLeavesNothingBehind() throws IOException {
    run(
        context -> {
          for (int failing = 0; failing < 4; failing++) {
            UUID id = identified(3).id();
            writesUntilFailure = failing;
            assertThatThrownBy(() -> context.getBean(FeedbackDesk.class).accept(id, SHARED))
                .isInstanceOf(StoreUnavailableException.class);
            assertThat(files()).isEmpty();
            assertThat(feedbackRows(context)).isZero();
          }
        });
  }

  @Test
  void whoGaveItCanTakeItBackAndNobodyElseCan() throws IOException {
    run(
        context -> {
          FeedbackDesk desk = context.getBean(FeedbackDesk.class);
          FeedbackReceipt mine = desk.accept(identified(2).id(), SHARED);
          FeedbackReceipt other = desk.accept(identified(1).id(), SHARED);
          for (String token : List.of("", "x", other.withdrawalToken())) {
            assertThatThrownBy(() -> desk.withdraw(mine.id(), Optional.of(token)))
                .isInstanceOf(NotAvailableException.class);
          }
          assertThat(files()).hasSize(5);
          assertThat(files()).noneMatch(file -> content(file).contains(mine.withdrawalToken()));
          desk.withdraw(mine.id(), Optional.of(mine.withdrawalToken()));
          assertThat(files())
              .hasSize(2)
              .allMatch(file -> file.toString().contains("" + other.id()));
          assertThat(feedbackRows(context)).isEqualTo(1);
        });
  }

  @Test
  void photosCanBeTakenBackAfterTheRecordIsGone() throws IOException {
    run(
        context -> {
          FeedbackDesk desk = context.getBean(FeedbackDesk.class);
          FeedbackReceipt receipt = desk.accept(identified(2).id(), SHARED);
          context.getBean(Records.class).deleteBefore(Instant.now().plusSeconds(60), 10);
          assertThatThrownBy(() -> desk.withdraw(receipt.id(), Optional.of("x")))
              .isInstanceOf(NotAvailableException.class);
          desk.withdraw(receipt.id(), Optional.of(receipt.withdrawalToken()));
          assertThat(files()).isEmpty();
        });
  }

  @Test
  void withoutADatabaseNothingIsKept() throws IOException {
    run(
        context -> {
          context.getBean(Database.class).away("a test takes it away.");
          context.getBean(JdbcClient.class).sql("SHUTDOWN").update();
          assertThatThrownBy(
                  () -> context.getBean(FeedbackDesk.class).accept(identified(1).id(), SHARED))
              .isInstanceOf(RecordsUnavailableException.class);
          assertThat(files()).isEmpty();
        });
  }

  private static int feedbackRows(ApplicationContext context) {
    return context
        .getBean(JdbcClient.class)
        .sql("SELECT COUNT(*) FROM feedback")
        .query(Integer.class)
        .single();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> folder.relativize(file).startsWith("feedback"))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A folder that takes so many objects and then fails. */
  private ObjectStore store() throws IOException {
    ObjectStore real = ObjectStores.open(folder.toString());
    return (ObjectStore)
        java.lang.reflect.Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("writeBytes")) {
                if (writesUntilFailure-- <= 0) {
                  throw new IOException("The store is away.");
                }
                written.add(((ObjectKey) arguments[0]).value());
              }
              try {
                return method.invoke(real, arguments);
              } catch (java.lang.reflect.InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
