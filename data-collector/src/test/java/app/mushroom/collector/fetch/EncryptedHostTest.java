package app.mushroom.collector.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.fetch.FetchException.Reason;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Random;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Though an address is dialled, it is the host's name that the certificate has to be for. */
class EncryptedHostTest {
  private static final char[] PASSWORD = "secret-of-a-test".toCharArray();

  @TempDir private static Path folder;

  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    Path store = folder.resolve("example.p12");
    if (Files.notExists(store)) {
      makeCertificate(store, "example.org");
    }
    System.setProperty("javax.net.ssl.trustStore", store.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", new String(PASSWORD));
    server = HttpsServer.create(Webs.loopback(0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "http://example.org/");
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/open") ? 302 : 200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    System.clearProperty("javax.net.ssl.trustStore");
    System.clearProperty("javax.net.ssl.trustStorePassword");
  }

  @Test
  void theCertificateMustBeForTheName() throws Exception {
    try (HttpWeb web = web()) {
      assertThat(web.get(WebRequest.api(at("example.org", "/"))).status()).isEqualTo(200);
      assertThat(Webs.failure(web, at("example.com", "/")).reason()).isEqualTo(Reason.BROKE_OFF);
      assertThat(Webs.failure(web, at("127.0.0.1", "/")).reason()).isEqualTo(Reason.BROKE_OFF);
    }
  }

  @Test
  void nobodyVouchesForAnUnknownCertificate() throws Exception {
    System.clearProperty("javax.net.ssl.trustStore");
    try (HttpWeb web = web()) {
      assertThat(Webs.failure(web, at("example.org", "/")).reason()).isEqualTo(Reason.BROKE_OFF);
    }
  }

  @Test
  void neverLeadsFromHttpsToHttp() throws Exception {
    try (HttpWeb web = web()) {
      FetchException failure = Webs.failure(web, at("example.org", "/open"));

      assertThat(failure.reason()).isEqualTo(Reason.REDIRECTS);
      assertThat(failure).hasMessageContaining("from https to http");
    }
  }

  @Test
  void addressesOfSixteenBytesAreDialledToo() throws Exception {
    InetAddress loopback = Inet6Address.getByName("::1");
    LocalHost host;
    try {
      host = new LocalHost(null, new InetSocketAddress(loopback, 0));
    } catch (java.io.UncheckedIOException e) {
      Assumptions.abort("This machine has no IPv6: " + e.getMessage());
      return;
    }
    host.page("/", LocalHost.text(200, "", "x"));
    try (host;
        HttpWeb web = Webs.of(host, new VirtualTime())) {
      web.get(WebRequest.api(host.on("[::1]", "/")));
      assertThat(host.asked.get(0).header("Host")).isEqualTo("[::1]:" + host.port());
    }
  }

  private HttpWeb web() {
    return new HttpWeb(
        Webs.AGENT,
        AddressGuard.permitting(server.getAddress()),
        HostRules::unlimited,
        new Random(4),
        QuotaMemory.NONE,
        WebLimits.STANDARD,
        new VirtualTime(),
        name -> new InetAddress[] {InetAddress.getByName("127.0.0.1")});
  }

  private URI at(String host, String path) {
    return URI.create("https://" + host + ":" + server.getAddress().getPort() + path);
  }

  private static SSLContext context(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static void makeCertificate(Path store, String host) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "host",
                "-validity",
                "3650",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(said).isZero();
  }
}
