package app.mushroom.api.inference;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.access.Caller;
import app.mushroom.api.connection.ClientConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Decides whether an upload is worth reading, before it is read. Uploads count by what has come in,
 * not by what they say will come: nobody keeps others out by promises.
 */
@Component
public class UploadGate {

  /** An upload from its first byte until its request is answered. */
  public final class Upload implements AutoCloseable {
    private final Optional<ClientConnection> connection = ClientConnection.current();
    private final long declaredBytes;
    private volatile boolean read;

    private Upload(long declaredBytes) {
      this.declaredBytes = declaredBytes;
    }

    /** All of it is there, and counts in the queue from now on. */
    public void read() {
      read = true;
      connection.ifPresent(ClientConnection::bodyIsIn);
    }

    /** Whether it will be in the queue in a moment. */
    private boolean isAlmostThere() {
      return !read && declaredBytes > 0 && receivedBytes() >= declaredBytes / 2;
    }

    private long receivedBytes() {
      return connection.map(ClientConnection::receivedBytes).orElse(declaredBytes);
    }

    @Override
    public void close() {
      leave(this);
    }
  }

  private final InferencePool pool;
  private final long mostBytes;
  private final Deque<Upload> uploads = new ArrayDeque<>();

  UploadGate(InferencePool pool, ApiProperties properties) {
    this.pool = pool;
    this.mostBytes = properties.clients().uploads().toBytes();
  }

  /**
   * Asked of every request before its body is waited for, whatever is in it: each that comes in
   * slowly holds a thread.
   *
   * @throws BusyException if its caller holds too many threads so already
   */
  public void requireShareOfThreads() {
    if (ClientConnection.current().map(ClientConnection::isOneTooMany).orElse(false)) {
      throw pool.busy(Refusal.CALLER_UPLOADS);
    }
  }

  /**
   * @param declaredBytes the request's Content-Length; below 0 where it does not say
   * @throws BusyException if its photo could not be looked at in time, or there is no room for it
   */
  public Upload enter(Caller caller, long declaredBytes) {
    Upload upload = new Upload(Math.max(0, declaredBytes));
    int onTheirWay;
    boolean full;
    synchronized (uploads) {
      onTheirWay = (int) uploads.stream().filter(Upload::isAlmostThere).count();
      long bytes = uploads.stream().mapToLong(Upload::receivedBytes).sum();
      full = !uploads.isEmpty() && bytes + upload.declaredBytes > mostBytes;
      uploads.add(upload);
    }
    boolean entered = false;
    try {
      if (full) {
        throw pool.busy(Refusal.UPLOADS);
      }
      pool.requireRoom(caller, onTheirWay);
      entered = true;
      return upload;
    } finally {
      if (!entered) {
        leave(upload);
      }
    }
  }

  private void leave(Upload upload) {
    synchronized (uploads) {
      uploads.remove(upload);
    }
  }
}
