package app.mushroom.api.connection;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Tomcat's processor of one connection at a time, which can be asked about it. */
final class WatchedProcessor extends Http11Processor implements ClientConnection {
  private static final ThreadLocal<@Nullable WatchedProcessor> OF_THIS_THREAD = new ThreadLocal<>();

  private static final long UNKNOWN = -1;

  /** One in so many threads may wait for the bodies of one sender. */
  private static final int SHARE = 8;

  /** One in so many threads, when what was refused is counted that still comes in. */
  private static final int SHARE_WITH_REFUSED = 4;

  private final AbstractHttp11Protocol<?> protocol;

  private final Map<SocketWrapperBase<?>, WatchedProcessor> underWay;
  private volatile @Nullable SocketWrapperBase<?> socket;
  private volatile boolean serving;
  private volatile @Nullable Cut cut;
  private volatile boolean bodyIsIn;
  private volatile long bodyBytes = UNKNOWN;
  private volatile @Nullable Object sender;
  private boolean oneTooMany;

  WatchedProcessor(
      AbstractHttp11Protocol<?> protocol,
      Adapter adapter,
      Map<SocketWrapperBase<?>, WatchedProcessor> underWay) {
    super(protocol, adapter);
    this.protocol = protocol;
    this.underWay = underWay;
  }

  static @Nullable WatchedProcessor ofThisThread() {
    return OF_THIS_THREAD.get();
  }

  @Override
  public SocketState service(SocketWrapperBase<?> wrapper) throws IOException {
    socket = wrapper;
    serving = true;
    cut = null;
    bodyIsIn = false;
    bodyBytes = UNKNOWN;
    sender = null; // of the connection before
    oneTooMany = false;
    underWay.put(wrapper, this);
    OF_THIS_THREAD.set(this);
    SocketState state = SocketState.CLOSED;
    try {
      state = super.service(wrapper);
      return state;
    } finally {
      OF_THIS_THREAD.remove();
      serving = false;
      if (state != SocketState.LONG) { // which is: half a head has come in, more may follow
        underWay.remove(wrapper);
      }
    }
  }

  /**
   * Called by each request's own thread once its head is there, since several may come in one after
   * the other. Another thread must not ask for a header: the next request may be read just then.
   */
  void begins() {
    sender = null;
    oneTooMany = false;
    bodyIsIn = false;
    try {
      bodyBytes = getRequest().getContentLengthLong();
    } catch (NumberFormatException e) {
      bodyBytes = UNKNOWN; // Tomcat refuses such a request by itself
    }
  }

  @Override
  public synchronized boolean isGone() {
    SocketWrapperBase<?> wrapper = socket;
    if (cut != null) {
      return false; // that was us
    }
    if (wrapper == null || wrapper.isClosed()) {
      return true;
    }
    try {
      boolean unused = wrapper.isReadyForRead(); // keeps what it reads for the next request
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public long receivedBytes() {
    return getRequest().getBytesRead();
  }

  @Override
  public Optional<Cut> cut() {
    return Optional.ofNullable(cut);
  }

  /** A head or a body of which a part is still to come. */
  boolean isIncomplete() {
    if (!serving) {
      return true;
    }
    if (bodyIsIn) {
      return false;
    }
    long length = bodyBytes;
    return length >= 0 ? receivedBytes() < length : !isRequestBodyFullyRead();
  }

  @Override
  public void isOf(Object who) {
    sender = who;
    int threads = protocol.getMaxThreads(); // below 0: as many as are needed
    if (threads < 0 || !isIncomplete()) {
      return;
    }
    long waiting = underWay.values().stream().filter(other -> other.waitsFor(who)).count();
    oneTooMany = waiting > Math.max(1, threads / SHARE);
    SocketWrapperBase<?> wrapper = socket;
    if (wrapper != null && waiting > Math.max(2, threads / SHARE_WITH_REFUSED)) {
      cut(wrapper, Cut.ROOM);
    }
  }

  private boolean waitsFor(Object who) {
    return serving && who.equals(sender) && isIncomplete();
  }

  @Override
  public boolean isOneTooMany() {
    return oneTooMany;
  }

  @Override
  public void bodyIsIn() {
    bodyIsIn = true;
  }

  /** Whether its answer has gone out, so that the rest of its body is only passed over. */
  boolean isAnswered() {
    return serving && getRequest().getResponse().isCommitted();
  }

  /** Whether a thread waits for the rest. */
  boolean isServing() {
    return serving;
  }

  /** Since its first byte; 0 before that. */
  long ageNanos(long now) {
    long start = getRequest().getStartTimeNanos();
    return start < 0 ? 0 : Math.max(0, now - start);
  }

  /** As if the client had sent no more: whoever reads comes to the end at once. */
  void cut(SocketWrapperBase<?> wrapper, Cut reason) {
    if (wrapper != socket || cut != null) {
      return;
    }
    cut = reason;
    if (wrapper.getSocket() instanceof NioChannel channel) {
      try {
        channel.getIOChannel().shutdownInput();
      } catch (IOException e) {
        wrapper.close(); // it is closed already, or cannot be used in any case
      }
    }
  }
}
