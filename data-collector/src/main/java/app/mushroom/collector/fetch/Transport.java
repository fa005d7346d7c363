package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.FetchException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and brings one answer: no redirects, tries, cookies, proxies, credentials or
 * unpacking of the client's own.
 *
 * <p>The addresses of a host are found and checked here and handed to the client, which has no
 * means of its own to look a name up; its sockets check what they dial once more. So what is
 * checked is what is dialled, whatever a name server says a moment later.
 *
 * <p>A connection serves one request. Hosts are asked about once a second, where a new one costs
 * little; and what a host sends beyond the length it announced can never pass for the next answer.
 */
final class Transport implements AutoCloseable {
  private static final Timeout CONNECT_TIME = Timeout.ofSeconds(10);
  private static final int MAX_ADDRESSES = 4;
  private static final int MAX_CONNECTIONS = 1_000;
  private static final int MAX_LINE_CHARS = 16_384;
  private static final int MAX_HEADERS = 200;

  private final Addresses addresses;
  private final String userAgent;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor alarms =
      new ScheduledThreadPoolExecutor(1, task -> Addresses.daemon(task, "mushroom-fetch-deadline"));

  Transport(UserAgent userAgent, AddressGuard guard, HostLookup lookup) {
    this.addresses = new Addresses(lookup, guard);
    this.userAgent = userAgent.header();
    this.client = client(guard);
    alarms.setRemoveOnCancelPolicy(true);
  }

  /**
   * @param headers beside those that every request has
   * @return the answer, whose body has not been read; to be closed
   */
  Reply send(URI address, Map<String, String> headers, Budget budget)
      throws FetchException, InterruptedException {
    budget.run();
    try {
      List<InetAddress> found = addresses.of(address, budget.left());
      @Nullable Reply reply = null;
      for (int i = 0; reply == null; i++) {
        boolean last = i + 1 == Math.min(found.size(), MAX_ADDRESSES);
        reply = sendTo(found.get(i), address, headers, budget, last);
      }
      return reply;
    } catch (FetchException | InterruptedException | RuntimeException e) {
      budget.stop();
      throw e;
    }
  }

  /** Null if there was no connection and another address may be tried. */
  private @Nullable Reply sendTo(
      InetAddress dialled, URI address, Map<String, String> headers, Budget budget, boolean last)
      throws FetchException {
    HttpGet request = new HttpGet(address);
    request.setHeader("User-Agent", userAgent);
    request.setHeader("Connection", "close");
    headers.forEach(request::setHeader);
    Deadline deadline = new Deadline(request::cancel);
    try {
      deadline.start(alarms, budget.left());
      HttpHost host =
          new HttpHost(
              address.getScheme(), dialled, WebAddress.bareHost(address), address.getPort());
      ClassicHttpResponse response = client.executeOpen(host, request, HttpClientContext.create());
      return new Reply(address, response, deadline, budget);
    } catch (HttpHostConnectException | ConnectTimeoutException | NoRouteToHostException e) {
      deadline.stop();
      if (last || budget.left() == 0) {
        throw Failures.of(e, address, deadline);
      }
      return null;
    } catch (IOException e) {
      deadline.stop();
      throw Failures.of(e, address, deadline);
    } catch (IllegalStateException e) {
      deadline.stop();
      throw new FetchException(
          Reason.BROKE_OFF, "Stopped before " + WebAddress.shown(address) + " was fetched.", e);
    }
  }

  private static CloseableHttpClient client(AddressGuard guard) {
    var operator =
        new DefaultHttpClientConnectionOperator(
            proxy -> new GuardedSocket(guard),
            null,
            new NoLookups(),
            RegistryBuilder.<TlsSocketStrategy>create()
                .register("https", DefaultClientTlsStrategy.createDefault())
                .build());
    var connections =
        new PoolingHttpClientConnectionManager(
            operator,
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            TimeValue.NEG_ONE_MILLISECOND,
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxLineLength(MAX_LINE_CHARS)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .build())
                .build());
    connections.setMaxTotal(MAX_CONNECTIONS);
    connections.setDefaultMaxPerRoute(MAX_CONNECTIONS);
    connections.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(CONNECT_TIME)
            .setSocketTimeout(Timeout.ofSeconds(WebLimits.STANDARD.time().toSeconds()))
            .build());
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setConnectionReuseStrategy((request, response, context) -> false)
        .disableCookieManagement()
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableAuthCaching()
        .disableConnectionState()
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setAuthenticationEnabled(false)
                .setRedirectsEnabled(false)
                .setContentCompressionEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .build();
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    alarms.shutdownNow();
    addresses.close();
    try {
      alarms.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Addresses are handed to the client; should it ever want to find one itself, it finds none. */
  private static final class NoLookups implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException(host + ": only addresses that have been checked are dialled");
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      throw new UnknownHostException(host + ": only addresses that have been checked are dialled");
    }
  }
}
