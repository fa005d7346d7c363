package app.mushroom.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PatientStreamTest {

  @Test
  void givesOnWhatComesInTime() throws IOException {
    try (InputStream in =
        new PatientStream(new ByteArrayInputStream(new byte[] {1, 2, 3}), Duration.ofMinutes(1))) {
      assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void saysThatNothingCameEvenWhereTheReadFailsBeforeTheCloseHasReturned() throws IOException {
    SlowToClose silent = new SlowToClose();
    try (InputStream in = new PatientStream(silent, Duration.ofMillis(200))) {
      try {
        assertThatThrownBy(() -> in.read(new byte[8]))
            .isInstanceOf(IOException.class)
            .hasMessage("nothing came for 0 s")
            .hasRootCauseMessage("closed");
      } finally {
        silent.seen.countDown();
      }
    }
  }

  @Test
  void leavesOtherFailuresAsTheyAre() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Connection reset");
          }
        };
    try (InputStream in = new PatientStream(broken, Duration.ofMinutes(1))) {
      assertThatThrownBy(() -> in.read(new byte[8])).hasMessage("Connection reset");
    }
  }

  /** Its reads wait for its close, and its close for the failed read to be seen. */
  private static final class SlowToClose extends InputStream {
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch seen = new CountDownLatch(1);
    private volatile boolean reading;

    @Override
    public int read() throws IOException {
      reading = true;
      await(closing);
      throw new IOException("closed");
    }

    @Override
    public void close() throws IOException {
      closing.countDown();
      if (reading) {
        await(seen);
      }
    }

    private static void await(CountDownLatch latch) throws IOException {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
