package app.mushroom.collector.cli;

import app.mushroom.collector.fetch.UserAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whom hosts can write to: who is named, else who was asked for before, else who is asked for now.
 * The answer is kept in a file beside the datasets, of a folder only: many people may share a
 * bucket.
 */
final class Contact {
  private static final int TRIES = 3;
  private static final String WHY =
      "Hosts are told it with every request, so that they can write to you before they lock you"
          + " out.";

  private final @Nullable Path file;
  private final @Nullable UnaryOperator<@Nullable String> ask;

  /**
   * @param store folder or bucket, as it was named
   * @param ask shows a question and gives the answer, or null at the end of input; null where
   *     nobody can be asked
   */
  Contact(String store, @Nullable UnaryOperator<@Nullable String> ask) {
    this.file = store.contains(":") ? null : Path.of(store, "collector", "contact.txt");
    this.ask = ask;
  }

  /**
   * @param named by an option or a variable
   * @throws IllegalArgumentException if there is none, with what to add
   */
  String find(@Nullable String named) throws IOException {
    if (named != null && !named.isBlank()) {
      return named.strip();
    }
    Optional<String> known = remembered();
    if (known.isPresent()) {
      return known.get();
    }
    if (ask == null) {
      throw none();
    }
    String question = "Your mail address, or a page of yours? " + WHY + System.lineSeparator();
    for (int i = 0; i < TRIES; i++) {
      String answer = ask.apply(question + "Contact: ");
      if (answer == null) {
        break;
      }
      try {
        String contact = UserAgent.requireContact(answer.strip());
        remember(contact);
        return contact;
      } catch (IllegalArgumentException e) {
        question = e.getMessage() + System.lineSeparator();
      }
    }
    throw none();
  }

  private Optional<String> remembered() throws IOException {
    if (file == null || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(UserAgent.requireContact(Files.readString(file).strip()));
    } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException e) {
      return Optional.empty(); // whatever that is, it is asked for again
    }
  }

  private void remember(String contact) throws IOException {
    if (file != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, contact + System.lineSeparator());
    }
  }

  private static IllegalArgumentException none() {
    return new IllegalArgumentException(
        """
        Expected a mail address or a page of yours, found none. %s Add to the command:
          --contact you@example.org
        or, for every command from now on, to your shell or to a container's .env:
          MUSHROOM_CONTACT=you@example.org"""
            .formatted(WHY));
  }
}
