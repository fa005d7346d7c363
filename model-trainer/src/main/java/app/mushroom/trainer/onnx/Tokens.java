package app.mushroom.trainer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one logical line of TorchScript code. */
final class Tokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<name>[A-Za-z_]\\w*)"
              + "|(?<number>\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?)"
              + "|(?<string>\"(?:[^\"\\\\]|\\\\.)*+\")"
              + "|(?<sign>->|[-()\\[\\],.:=]))");

  private final List<String> words = new ArrayList<>();
  private final String line;
  private int next;

  Tokens(String line) throws NoTwinException {
    this.line = line;
    Matcher matcher = TOKEN.matcher(line);
    int at = 0;
    int end = line.stripTrailing().length();
    while (at < end) {
      if (!matcher.region(at, end).lookingAt()) {
        throw new NoTwinException("its code cannot be read: " + line.strip());
      }
      words.add(matcher.group().strip());
      at = matcher.end();
    }
  }

  boolean isDone() {
    return next == words.size();
  }

  String peek() {
    return isDone() ? "" : words.get(next);
  }

  String peekSecond() {
    return next + 1 < words.size() ? words.get(next + 1) : "";
  }

  String take() throws NoTwinException {
    if (isDone()) {
      throw unreadable();
    }
    return words.get(next++);
  }

  boolean takeIf(String word) {
    if (peek().equals(word)) {
      next++;
      return true;
    }
    return false;
  }

  void expect(String word) throws NoTwinException {
    if (!takeIf(word)) {
      throw unreadable();
    }
  }

  NoTwinException unreadable() {
    return new NoTwinException("its code cannot be read: " + line.strip());
  }
}
