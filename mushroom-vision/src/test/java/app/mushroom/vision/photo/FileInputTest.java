package app.mushroom.vision.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FileInputTest {
  @Test
  void readsBytesInAnyOrderAndThenTellsTheEnd() throws IOException {
    FileInput input = new FileInput(new byte[] {1, 2, (byte) 0xFF});
    input.seek(2);
    assertThat(input.read()).isEqualTo(0xFF);
    assertThat(input.read()).isEqualTo(-1);
    input.seek(1);
    byte[] buffer = new byte[4];
    assertThat(input.read(buffer, 1, 3)).isEqualTo(2);
    assertThat(buffer).containsExactly(0, 2, 0xFF, 0);
    assertThat(input.length()).isEqualTo(3);
  }

  @Test
  void stopsReadersThatTakeTheEndForZeros() {
    FileInput input = new FileInput(new byte[1]);
    assertThatIOException()
        .isThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                input.read();
              }
            })
        .withMessageContaining("ends before");
  }
}
