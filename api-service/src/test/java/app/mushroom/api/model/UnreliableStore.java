package app.mushroom.api.model;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.StoredObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A store behind a bad network. */
final class UnreliableStore implements ObjectStore {
  /** What goes wrong. */
  enum Fault {
    NONE,
    /** Nobody is there. */
    DOWN,
    /** The server is there and says that it is not. */
    UNAVAILABLE,
    /** No answer, for as long as the client waits. */
    TIMEOUT,
    /** Downloads end in the middle with a reset. */
    RESET,
    /** Downloads end in the middle as if that were the end. */
    CUT,
    /** Downloads never end. */
    ENDLESS,
    /** One bit of each download is another. */
    FLIPPED,
    /** The client library has a fault. */
    BROKEN,
    /** A call hangs until it is let go. */
    HANGS
  }

  private final ObjectStore real;
  private final Random random = new Random(5);
  final CountDownLatch hang = new CountDownLatch(1);
  volatile Fault fault = Fault.NONE;

  /** Downloads of these only go wrong: the last part of the key. */
  volatile String file = "";

  volatile int downloads;
  volatile int finds;

  UnreliableStore(ObjectStore real) {
    this.real = real;
  }

  private ObjectStore real() throws IOException {
    switch (fault) {
      case DOWN -> throw new ObjectStoreException("Expected the store to answer, found nobody.");
      case UNAVAILABLE -> throw new ObjectStoreException("Expected an answer, found status 503.");
      case TIMEOUT -> throw new SocketTimeoutException("Read timed out");
      case BROKEN -> throw new IllegalStateException("a fault");
      case HANGS -> await();
      default -> {}
    }
    return real;
  }

  private void await() throws IOException {
    try {
      hang.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) throws IOException {
    finds++;
    return real().find(key);
  }

  @Override
  public InputStream open(ObjectKey key) throws IOException {
    InputStream whole = real().open(key);
    if (!key.value().endsWith(file)) {
      return whole;
    }
    downloads++;
    long length = real.find(key).orElseThrow().sizeBytes();
    return switch (fault) {
      case RESET, CUT, FLIPPED, ENDLESS -> new Faulty(whole, fault, at(length), length);
      default -> whole;
    };
  }

  private synchronized long at(long length) {
    return random.nextLong(length);
  }

  @Override
  public StoredObject write(ObjectKey key, InputStream content, Precondition precondition)
      throws IOException {
    return real().write(key, content, precondition);
  }

  @Override
  public Stream<StoredObject> list(String prefix) throws IOException {
    return real().list(prefix);
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    return real().delete(key);
  }

  @Override
  public String location() {
    return "unreliable";
  }

  @Override
  public void close() {
    real.close();
  }

  private static final class Faulty extends FilterInputStream {
    private final Fault fault;
    private final long at;
    private final long length;
    private long position;

    Faulty(InputStream whole, Fault fault, long at, long length) {
      super(whole);
      this.fault = fault;
      this.at = at;
      this.length = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int wanted) throws IOException {
      if (position >= at && fault == Fault.RESET) {
        throw new SocketException("Connection reset");
      }
      if (position >= at && fault == Fault.CUT) {
        return -1;
      }
      if (position >= length && fault == Fault.ENDLESS) {
        position += wanted;
        return wanted;
      }
      int most = position < at ? (int) Math.min(wanted, at - position) : Math.min(wanted, 1);
      int read = in.read(buffer, offset, fault == Fault.ENDLESS ? wanted : most);
      if (read > 0 && position == at && fault == Fault.FLIPPED) {
        buffer[offset] ^= 1 << (at % 8);
      }
      position += Math.max(0, read);
      return read;
    }
  }
}
