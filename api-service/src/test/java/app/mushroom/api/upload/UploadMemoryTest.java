package app.mushroom.api.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UploadMemoryTest {
  private final UploadMemory memory = new UploadMemory(100);

  @Test
  void hasRoomUpToItsLastByteAndAgainWhenARequestIsDone() {
    try (UploadMemory.Room first = memory.take(60)) {
      assertThat(first.isThere()).isTrue();
      assertThat(memory.take(41).isThere()).isFalse();
      try (UploadMemory.Room second = memory.take(40)) {
        assertThat(second.isThere()).isTrue();
        assertThat(memory.take(1).isThere()).isFalse();
      }
      assertThat(memory.take(40).isThere()).isTrue();
    }
  }

  @Test
  void hasNoneForWhatDoesNotSayHowLongItIsOrIsTooLong() {
    UploadMemory much = new UploadMemory(Long.MAX_VALUE);
    assertThat(much.take(-1).isThere()).isFalse();
    assertThat(much.take(0).isThere()).isFalse();
    assertThat(much.take(UploadRequest.LONGEST).isThere()).isTrue();
    assertThat(much.take(UploadRequest.LONGEST + 1L).isThere()).isFalse();
  }
}
