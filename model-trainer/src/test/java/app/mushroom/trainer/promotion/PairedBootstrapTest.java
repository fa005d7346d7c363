package app.mushroom.trainer.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.trainer.evaluation.Bootstrap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

  @Test
  void equalVersionsDifferByNothing() {
    PairedBootstrap bootstrap = new PairedBootstrap(finds(50));
    Bootstrap.Figures share = share(50, row -> row % 2 == 0);
    assertThat(bootstrap.compare(share, share)).containsExactly(new Measured(0.5, 0.5, 0, 0));
  }

  @Test
  void theIntervalOfAShareIsThatOfTheBinomial() {
    // Against a champion that is always wrong the difference is the candidate's share itself.
    int photos = 1000;
    Random random = new Random(3);
    boolean[] right = new boolean[photos];
    IntStream.range(0, photos).forEach(row -> right[row] = random.nextDouble() < 0.8);
    double share = IntStream.range(0, photos).filter(row -> right[row]).count() / 1000.0;
    Measured measured =
        new PairedBootstrap(finds(photos))
            .compare(share(photos, row -> false), share(photos, row -> right[row]))
            .get(0);
    double half = 1.96 * Math.sqrt(share * (1 - share) / photos);
    assertThat(measured.difference()).isEqualTo(share);
    assertThat(measured.low()).isCloseTo(share - half, within(0.004));
    assertThat(measured.high()).isCloseTo(share + half, within(0.004));
  }

  @Test
  void photosOfOneFindAreNoIndependentEvidence() {
    int photos = 400;
    List<String> tens = IntStream.range(0, photos).mapToObj(row -> "find " + row / 10).toList();
    Bootstrap.Figures wrong = share(photos, row -> false);
    Bootstrap.Figures half = share(photos, row -> row / 10 % 2 == 0);
    PairedBootstrap grouped = new PairedBootstrap(tens);
    assertThat(grouped.finds()).isEqualTo(40);
    Measured byFind = grouped.compare(wrong, half).get(0);
    Measured byPhoto = new PairedBootstrap(finds(photos)).compare(wrong, half).get(0);
    assertThat(byFind.high() - byFind.low()).isGreaterThan(2 * (byPhoto.high() - byPhoto.low()));
  }

  @Test
  void isTheSameEachTime() {
    Bootstrap.Figures one = share(30, row -> row % 3 == 0);
    Bootstrap.Figures other = share(30, row -> row % 2 == 0);
    assertThat(new PairedBootstrap(finds(30)).compare(one, other))
        .isEqualTo(new PairedBootstrap(finds(30)).compare(one, other));
  }

  @Test
  void aFigureThatIsNotDefinedHasNoInterval() {
    Bootstrap.Figures undefined = weights -> new double[] {Double.NaN};
    Measured measured = new PairedBootstrap(finds(3)).compare(undefined, undefined).get(0);
    assertThat(measured.isDefined()).isFalse();
    assertThat(measured.low()).isNaN();
  }

  private static List<String> finds(int photos) {
    return IntStream.range(0, photos).mapToObj(Integer::toString).toList();
  }

  private static Bootstrap.Figures share(int photos, java.util.function.IntPredicate right) {
    return weights -> {
      double total = 0;
      double hits = 0;
      for (int row = 0; row < photos; row++) {
        total += weights[row];
        hits += right.test(row) ? weights[row] : 0;
      }
      return new double[] {hits / total};
    };
  }
}
