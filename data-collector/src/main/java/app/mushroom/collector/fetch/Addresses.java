package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.FetchException.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Finds what addresses a host has and refuses it if only one of them is no public host's. Lookups
 * cannot be broken off, so each runs in a thread of its own that nobody waits for longer than there
 * is time.
 */
final class Addresses implements AutoCloseable {
  private final HostLookup lookup;
  private final AddressGuard guard;
  private final ExecutorService lookups =
      Executors.newCachedThreadPool(task -> daemon(task, "mushroom-fetch-lookup"));

  Addresses(HostLookup lookup, AddressGuard guard) {
    this.lookup = lookup;
    this.guard = guard;
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** All addresses of a host, each of which may be dialled. */
  List<InetAddress> of(URI address, long nanos) throws FetchException, InterruptedException {
    String host = WebAddress.host(address);
    int port = address.getPort();
    if (port == -1) {
      port = WebAddress.isHttps(address) ? 443 : 80;
    }
    List<InetAddress> checked = new ArrayList<>();
    for (InetAddress found : find(host, nanos)) {
      try {
        guard.check(new InetSocketAddress(found, port));
      } catch (ForbiddenAddressException e) {
        throw new FetchException(
            Reason.FORBIDDEN_ADDRESS,
            "Expected a public host, found "
                + WebAddress.shown(address)
                + ": "
                + e.getMessage()
                + " Nothing was dialled.",
            e);
      }
      checked.add(found);
    }
    if (checked.isEmpty()) {
      throw unknown(host, null);
    }
    return checked;
  }

  private InetAddress[] find(String host, long nanos) throws FetchException, InterruptedException {
    try {
      if (WebAddress.isLiteral(host)) {
        return new InetAddress[] {InetAddress.getByName(host)};
      }
      Future<InetAddress[]> answer = lookups.submit(() -> lookup.addressesOf(host));
      try {
        return answer.get(nanos, TimeUnit.NANOSECONDS);
      } finally {
        answer.cancel(true);
      }
    } catch (UnknownHostException e) {
      // Only of literals, such as [1::2::3]: nothing has been looked up.
      throw new FetchException(
          Reason.FORBIDDEN_ADDRESS, "Expected an IP address, found " + host + ".", e);
    } catch (TimeoutException e) {
      throw new FetchException(
          Reason.TOO_SLOW, "No address for the host " + host + " was found in time.", e);
    } catch (ExecutionException e) {
      throw unknown(host, e);
    }
  }

  private static FetchException unknown(String host, @Nullable Throwable e) {
    String message = "No address is known for the host " + host + ".";
    return e == null
        ? new FetchException(Reason.BROKE_OFF, message)
        : new FetchException(Reason.BROKE_OFF, message, e);
  }

  @Override
  public void close() {
    lookups.shutdownNow();
    try {
      lookups.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
