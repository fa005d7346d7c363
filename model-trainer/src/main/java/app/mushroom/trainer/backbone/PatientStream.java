package app.mushroom.trainer.backbone;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A stream whose reads fail when nothing comes for too long, as the HTTP client's never do. */
final class PatientStream extends FilterInputStream {

  private final Duration patience;

  /**
   * @param in one whose blocked reads fail once it is closed
   */
  PatientStream(InputStream in, Duration patience) {
    super(in);
    this.patience = patience;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    CompletableFuture<Boolean> stalled =
        arrived
            .thenApply(nothing -> false)
            .completeOnTimeout(true, patience.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((late, failure) -> closeIf(Boolean.TRUE.equals(late)));
    try {
      return in.read(bytes, from, length);
    } catch (IOException e) {
      throw stalled.getNow(false)
          ? new IOException("nothing came for " + patience.toSeconds() + " s", e)
          : e;
    } finally {
      arrived.complete(null);
    }
  }

  private void closeIf(boolean late) {
    if (late) {
      try {
        in.close();
      } catch (IOException e) {
        // The read fails all the same.
      }
    }
  }
}
