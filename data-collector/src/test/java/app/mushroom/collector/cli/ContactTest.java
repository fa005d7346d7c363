package app.mushroom.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactTest {
  @TempDir Path store;
  private final List<String> questions = new ArrayList<>();

  @Test
  void whatIsNamedIsTakenAndNobodyIsAsked() throws Exception {
    assertThat(contact("other@example.org").find(" me@example.org ")).isEqualTo("me@example.org");
    assertThat(questions).isEmpty();
    assertThat(store).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void aTerminalIsAskedOnce(String named) throws Exception {
    assertThat(contact("me@example.org").find(named)).isEqualTo("me@example.org");
    assertThat(questions).singleElement().asString().contains("write to you", "Contact: ");
    assertThat(contact().find(null)).as("remembered").isEqualTo("me@example.org");
    assertThat(questions).hasSize(1);
  }

  @Test
  void whatCannotBeAContactIsAskedForAgain() throws Exception {
    assertThat(contact("me", "https://example.org/me").find(null))
        .isEqualTo("https://example.org/me");
    assertThat(questions.get(1)).contains("Expected a mail address or a page", "\"me\"");
  }

  @Test
  void givesUpAfterThreeAnswersAndAtTheEndOfInput() {
    for (Contact contact : List.of(contact("a", "b", "c", "me@example.org"), contact())) {
      assertThatIllegalArgumentException().isThrownBy(() -> contact.find(null));
    }
    assertThat(questions).hasSize(4);
    assertThat(store).isEmptyDirectory();
  }

  @Test
  void whereNobodyCanBeAskedTheLineToAddIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Contact(store.toString(), null).find(null))
        .withMessageContainingAll(
            "--contact you@example.org", "MUSHROOM_CONTACT=you@example.org", ".env");
  }

  @Test
  void nothingIsKeptInABucketThatOthersMayShare() throws Exception {
    Contact contact = new Contact("gs://bucket/prefix", question -> "me@example.org");
    assertThat(contact.find(null)).isEqualTo("me@example.org");
    assertThat(new Contact("gs://bucket/prefix", question -> "you@example.org").find(null))
        .isEqualTo("you@example.org");
  }

  @Test
  void whatIsKeptAndCannotBeAContactIsAskedForAnew() throws Exception {
    Path file = store.resolve("collector/contact.txt");
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {(byte) 0xff, 'x'});
    assertThat(contact("me@example.org").find(null)).isEqualTo("me@example.org");
    assertThat(file).hasContent("me@example.org");
  }

  private Contact contact(String... answers) {
    Deque<String> left = new ArrayDeque<>(List.of(answers));
    UnaryOperator<@Nullable String> ask =
        question -> {
          questions.add(String.valueOf(question));
          return left.poll();
        };
    return new Contact(store.toString(), ask);
  }
}
