package app.mushroom.collector.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;

/** Connects only where the guard lets it, and through no proxy, whatever led here. */
final class GuardedSocket extends Socket {
  private final AddressGuard guard;

  GuardedSocket(AddressGuard guard) {
    super(Proxy.NO_PROXY);
    this.guard = guard;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
    if (!(endpoint instanceof InetSocketAddress address)) {
      throw new ForbiddenAddressException(endpoint + " is no internet address.");
    }
    guard.check(address);
    super.connect(address, timeoutMillis);
  }
}
