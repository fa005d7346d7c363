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
  private volatile boolean gaveUp;

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
    var unused =
        arrived
            .thenApply(nothing -> false)
            .completeOnTimeout(true, patience.toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(this::giveUpIf);
    try {
      return in.read(bytes, from, length);
    } catch (IOException e) {
      throw gaveUp ? new IOException("nothing came for " + patience.toSeconds() + " s", e) : e;
    } finally {
      arrived.complete(null);
    }
  }

  private void giveUpIf(boolean late) {
    if (late) {
      gaveUp = true; // before the close, which may fail the read before it returns
      try {
        in.close();
      } catch (IOException e) {
        // The read fails all the same.
      }
    }
  }
}
