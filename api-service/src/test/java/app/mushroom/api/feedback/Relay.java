package app.mushroom.api.feedback;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and a server, and can fall silent or away. */
final class Relay implements AutoCloseable {
  private final String host;
  private final int port;
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean silent;
  private volatile boolean away;

  Relay(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Takes what it is given and passes nothing on, as a server whose machine is stuck. */
  void fallSilent() {
    silent = true;
  }

  /** Drops all connections, and each new one. */
  void goAway() {
    away = true;
    closeAll();
  }

  /** What was lost meanwhile stays lost. */
  void comeBack() {
    closeAll();
    silent = false;
    away = false;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (away) {
          client.close();
          continue;
        }
        Socket target = new Socket(host, port);
        sockets.add(client);
        sockets.add(target);
        daemon(() -> pass(client, target));
        daemon(() -> pass(target, client));
      } catch (IOException e) {
        continue; // closed, or the server behind it is not there
      }
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!silent) {
          out.write(buffer, 0, n);
          out.flush();
        }
      }
    } catch (IOException e) {
      return; // one of the two is gone, and so is the other
    }
  }

  private void closeAll() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    sockets.clear();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    closeAll();
  }
}
