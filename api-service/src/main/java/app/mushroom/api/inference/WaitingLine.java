package app.mushroom.api.inference;

import app.mushroom.api.access.Caller;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who waits, in the order of their turns: round robin between callers, a photo a turn, and first
 * come, first served within one caller. Its user guards it.
 */
final class WaitingLine<W extends WaitingLine.Waiting> {
  /** A request that waits. */
  interface Waiting {
    Caller caller();

    /** Turns it still needs, at least 1. */
    int photosLeft();
  }

  /** Callers in the order of their turns; none of them has an empty line. */
  private final Map<Caller, Deque<W>> lines = new LinkedHashMap<>();

  private int size;

  /** Requests, not photos. */
  int size() {
    return size;
  }

  int sizeOf(Caller caller) {
    Deque<W> own = lines.get(caller);
    return own == null ? 0 : own.size();
  }

  int photos() {
    return lines.values().stream().mapToInt(WaitingLine::photos).sum();
  }

  /**
   * Turns that others have before a new request of this caller is done: all that the caller waits
   * for already, and of each other caller as many as come round meanwhile.
   */
  int photosAhead(Caller caller, int photos) {
    Deque<W> own = lines.get(caller);
    int before = own == null ? 0 : photos(own);
    int rounds = before + photos;
    return before
        + lines.entrySet().stream()
            .filter(line -> !line.getKey().equals(caller))
            .mapToInt(line -> Math.min(rounds, photos(line.getValue())))
            .sum();
  }

  void add(W waiting) {
    lines.computeIfAbsent(waiting.caller(), caller -> new ArrayDeque<>()).addLast(waiting);
    size++;
  }

  /** For one that had a turn and needs another: first of its caller, whose next turn it is. */
  void addAgain(W waiting) {
    lines.computeIfAbsent(waiting.caller(), caller -> new ArrayDeque<>()).addFirst(waiting);
    size++;
  }

  /** Takes the next; its caller is last in the round then. */
  Optional<W> next() {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Caller caller = lines.keySet().iterator().next();
    Deque<W> line = lines.remove(caller);
    if (line == null) {
      throw new IllegalStateException("Expected a line for each caller in the round");
    }
    W next = line.removeFirst();
    if (!line.isEmpty()) {
      lines.put(caller, line);
    }
    size--;
    return Optional.of(next);
  }

  boolean remove(W waiting) {
    Deque<W> line = lines.get(waiting.caller());
    if (line == null || !line.remove(waiting)) {
      return false;
    }
    if (line.isEmpty()) {
      lines.remove(waiting.caller());
    }
    size--;
    return true;
  }

  /** The latest request of whoever waits for at least two more than the given caller. */
  Optional<W> latestOfGreediest(Caller than) {
    return lines.values().stream()
        .max(Comparator.comparingInt(Deque::size))
        .filter(line -> line.size() >= sizeOf(than) + 2)
        .map(Deque::getLast);
  }

  private static int photos(Deque<? extends Waiting> line) {
    return line.stream().mapToInt(Waiting::photosLeft).sum();
  }
}
