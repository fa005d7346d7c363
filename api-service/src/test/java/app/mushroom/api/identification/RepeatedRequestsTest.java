package app.mushroom.api.identification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import app.mushroom.api.access.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedRequestsTest {
  private static final String KEY = "0198c5c2-7d11-7c3e-9d4f-1c2b3a495867";

  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private final InstantSource time = () -> now;
  private final RepeatedRequests requests = new RepeatedRequests(time.withZone(ZoneOffset.UTC));
  private int looks;

  @Test
  void theSameRequestIsLookedAtOnce() throws Exception {
    Identification first = ask(KEY, "me", 5, "photo");
    assertThat(ask(KEY, "me", 5, "photo")).isSameAs(first);
    assertThat(looks).isEqualTo(1);
  }

  @Test
  void otherPhotosOtherQuestionsAndOtherCallersAreNewUnderTheSameKey() throws Exception {
    ask(KEY, "me", 5, "photo");
    ask(KEY, "me", 5, "other");
    ask(KEY, "me", 5, "photo", "photo");
    ask(KEY, "me", 6, "photo");
    ask(KEY, "somebody", 5, "photo");
    assertThat(looks).isEqualTo(5);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "short", "with spaces in it all over", "../../../../etc/passwd"})
  void withoutAProperKeyEachRequestStandsForItself(@Nullable String key) throws Exception {
    ask(key, "me", 5, "photo");
    ask(key, "me", 5, "photo");
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void forgetsAfterAWhile() throws Exception {
    ask(KEY, "me", 5, "photo");
    now = now.plus(RepeatedRequests.KEEP);
    ask(KEY, "me", 5, "photo");
    assertThat(looks).as("just in time").isEqualTo(1);
    now = now.plusMillis(1);
    ask(KEY, "me", 5, "photo");
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void theOldestAreForgottenWhereThereAreTooMany() throws Exception {
    ask(KEY, "me", 5, "photo");
    for (int i = 0; i < RepeatedRequests.MOST; i++) {
      ask(KEY, "caller " + i, 5, "photo");
    }
    int before = looks;
    ask(KEY, "me", 5, "photo");
    assertThat(looks).isEqualTo(before + 1);
  }

  private Identification ask(@Nullable String key, String caller, int limit, String... photos)
      throws Exception {
    List<PhotoSource> sources =
        List.of(photos).stream().<PhotoSource>map(photo -> photo::getBytes).toList();
    return requests.answer(
        key,
        new Query(sources, limit, new Caller(caller)),
        query -> {
          looks++;
          return mock(Identification.class);
        });
  }
}
