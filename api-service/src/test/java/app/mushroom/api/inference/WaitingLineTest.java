package app.mushroom.api.inference;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
  private final WaitingLine<Request> line = new WaitingLine<>();

  private record Request(Caller caller, int number, int photosLeft) implements WaitingLine.Waiting {
    @Override
    public String toString() {
      return caller.name() + number;
    }
  }

  @Test
  void anEmptyLineHasNobody() {
    assertThat(line.next()).isEmpty();
    assertThat(line.size()).isZero();
    assertThat(line.photos()).isZero();
    assertThat(line.photosAhead(new Caller("a"), 1)).isZero();
    assertThat(line.latestOfGreediest(new Caller("a"))).isEmpty();
    assertThat(line.remove(request("a", 1))).isFalse();
  }

  @Test
  void callersTakeTurnsAndOneCallersRequestsKeepTheirOrder() {
    add("a", 4);
    add("b", 1);
    add("c", 2);
    assertThat(all()).containsExactly("a0", "b0", "c0", "a1", "c1", "a2", "a3");
  }

  @Test
  void aLateCallerComesBeforeTheRestOfAGreedyOne() {
    add("a", 5);
    line.next();
    add("b", 1);
    assertThat(line.next().map(Request::toString)).hasValue("a1");
    assertThat(line.next().map(Request::toString)).hasValue("b0");
  }

  @Test
  void whatNeedsAnotherTurnWaitsBehindOtherCallersButBeforeItsOwn() {
    Request several = request("a", 0);
    line.add(several);
    add("a", 2);
    add("b", 1);
    assertThat(line.next()).hasValue(several);
    line.addAgain(several);
    assertThat(line.next().map(Request::toString)).hasValue("b0");
    assertThat(line.next()).hasValue(several);
  }

  @Test
  void countsTheTurnsThatOthersHaveFirst() {
    line.add(new Request(new Caller("a"), 0, 5));
    line.add(new Request(new Caller("a"), 1, 5));
    line.add(new Request(new Caller("b"), 0, 1));
    assertThat(line.photos()).isEqualTo(11);
    assertThat(line.photosAhead(new Caller("a"), 1)).as("all of its own, one of b").isEqualTo(11);
    assertThat(line.photosAhead(new Caller("b"), 1)).as("its own, two rounds of a").isEqualTo(3);
    assertThat(line.photosAhead(new Caller("c"), 1)).as("one of each").isEqualTo(2);
    assertThat(line.photosAhead(new Caller("c"), 5)).as("five of a, one of b").isEqualTo(6);
  }

  @Test
  void whoeverLeavesIsForgotten() {
    Request leaving = request("a", 0);
    line.add(leaving);
    add("b", 1);
    assertThat(line.remove(leaving)).isTrue();
    assertThat(line.remove(leaving)).isFalse();
    assertThat(line.sizeOf(new Caller("a"))).isZero();
    assertThat(all()).containsExactly("b0");
  }

  @Test
  void namesTheLatestOfWhoeverHasClearlyMore() {
    add("a", 3);
    add("b", 2);
    assertThat(line.latestOfGreediest(new Caller("c")).map(Request::toString)).hasValue("a2");
    assertThat(line.latestOfGreediest(new Caller("b"))).as("only one more").isEmpty();
    assertThat(line.latestOfGreediest(new Caller("a"))).isEmpty();
  }

  private void add(String caller, int requests) {
    for (int i = 0; i < requests; i++) {
      line.add(request(caller, i));
    }
  }

  private static Request request(String caller, int number) {
    return new Request(new Caller(caller), number, 1);
  }

  private List<String> all() {
    List<String> all = new ArrayList<>();
    for (Optional<Request> next = line.next(); next.isPresent(); next = line.next()) {
      all.add(next.get().toString());
    }
    return all;
  }
}
