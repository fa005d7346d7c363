package app.mushroom.collector.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
  private static final Optional<PerceptualHash> SCENE =
      PerceptualHash.of(Pictures.photo(Pictures.scene(1, 300, 200)));

  private final NearDuplicates photos = new NearDuplicates();

  @Test
  void theFirstPhotoIsLikeNoOther() {
    assertThat(photos.add(SCENE)).isEmpty();
  }

  @Test
  void namesTheEarlierPhotoAndHowFarItIs() {
    photos.add(SCENE);
    assertThat(photos.add(Optional.of(new PerceptualHash(SCENE.orElseThrow().bits() ^ 5))))
        .containsExactly(new NearPair(0, 1, 2, false));
  }

  @Test
  void findsMirrorImages() {
    photos.add(SCENE);
    assertThat(
            photos.add(
                PerceptualHash.of(Pictures.jpeg(Pictures.mirrored(Pictures.scene(1, 300, 200))))))
        .singleElement()
        .satisfies(
            pair -> {
              assertThat(pair.mirrored()).isTrue();
              assertThat(pair.distance()).isLessThanOrEqualTo(4);
            });
  }

  @Test
  void namesAPhotoThatIsItsOwnMirrorImageOnce() {
    Optional<PerceptualHash> symmetric = Optional.of(new PerceptualHash(0));
    NearDuplicates wide = new NearDuplicates(15);
    wide.add(symmetric);
    assertThat(wide.add(symmetric)).containsExactly(new NearPair(0, 1, 0, false));
  }

  @Test
  void flatPicturesTakeTheirPositionAndAreLikeNoOther() {
    photos.add(Optional.empty());
    assertThat(photos.add(Optional.empty())).isEmpty();
    assertThat(photos.add(SCENE)).isEmpty();
    assertThat(photos.add(SCENE)).containsExactly(new NearPair(2, 3, 0, false));
  }

  @Test
  void aThousandCopiesGiveOnePairEach() {
    photos.add(SCENE);
    for (int i = 1; i <= 2000; i++) {
      assertThat(photos.add(SCENE)).containsExactly(new NearPair(0, i, 0, false));
    }
  }

  @Test
  void refusesARadiusThatTheIndexCannotSearch() {
    assertThatIllegalArgumentException().isThrownBy(() -> new NearDuplicates(16));
  }

  @Test
  void aPairIsInOrder() {
    assertThatIllegalArgumentException().isThrownBy(() -> new NearPair(1, 1, 0, false));
    assertThatIllegalArgumentException().isThrownBy(() -> new NearPair(-1, 1, 0, false));
  }
}
