package app.mushroom.collector.fetch;

import java.util.OptionalLong;

/** Leave to send one request to a host. Closing it lets the next one in, after the gap. */
final class Turn implements AutoCloseable {

  /** What happens when a turn is over. */
  interface End {
    /**
     * @param seen when the host had seen the request
     * @param bytes that came
     */
    void at(long seen, long bytes);
  }

  private final TimeSource time;
  private final End end;
  private OptionalLong answered = OptionalLong.empty();
  private long bytes;

  Turn(TimeSource time, End end) {
    this.time = time;
    this.end = end;
  }

  /** The head of the answer has come. */
  void answered() {
    answered = OptionalLong.of(time.nanos());
  }

  void brought(long count) {
    bytes = count;
  }

  @Override
  public void close() {
    end.at(answered.isPresent() ? answered.getAsLong() : time.nanos(), bytes);
  }
}
