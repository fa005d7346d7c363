package app.mushroom.api.web;

import app.mushroom.api.model.ModelServed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where the page is, once there is a model to answer with. */
@Component
class ReadyLine {
  private static final Logger log = LoggerFactory.getLogger(ReadyLine.class);

  private int port;
  private boolean modelServes;
  private boolean said;

  @EventListener
  synchronized void started(WebServerInitializedEvent event) {
    if (event.getApplicationContext().getServerNamespace() == null) {
      port = event.getWebServer().getPort();
      sayOnce();
    }
  }

  @EventListener
  synchronized void served(ModelServed event) {
    modelServes = true;
    sayOnce();
  }

  private void sayOnce() {
    if (!said && modelServes && port > 0) {
      said = true;
      log.info("Mushroom App is ready: http://localhost:{}", port);
    }
  }
}
