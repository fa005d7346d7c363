package app.mushroom.api.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** HTTP/1.1 as Tomcat speaks it, with an eye on each request. Instantiated by Tomcat by name. */
public final class WatchedProtocol extends Http11NioProtocol {
  /** Requests of which some has come in and that are not answered yet. */
  private final Map<SocketWrapperBase<?>, WatchedProcessor> underWay = new ConcurrentHashMap<>();

  public WatchedProtocol() {
    // Who asks first whether a body is welcome need not send it to be refused.
    setContinueResponseTiming("onRead");
  }

  Map<SocketWrapperBase<?>, WatchedProcessor> underWay() {
    return underWay;
  }

  @Override
  protected Processor createProcessor() {
    return new WatchedProcessor(this, getAdapter(), underWay);
  }
}
