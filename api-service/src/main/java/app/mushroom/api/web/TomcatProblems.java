package app.mushroom.api.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.Container;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Requests so malformed that Tomcat answers them itself still get a problem document and the
 * security headers, in place of Tomcat's page.
 */
@Component
class TomcatProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(
        context -> {
          Container host = context.getParent();
          if (host instanceof StandardHost standardHost) {
            standardHost.setErrorReportValveClass(Report.class.getName());
          }
        });
  }

  /** Instantiated by Tomcat. */
  public static final class Report extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
      int status = response.getStatus();
      if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
        return;
      }
      Problem problem = Problem.of(status);
      String id = CorrelationId.of(request);
      SecurityHeaders.addTo(response);
      response.setHeader(CorrelationId.HEADER, id);
      ProblemMeter.note(problem, request);
      if (status == 503) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
      }
      byte[] body =
          """
          {"type":"%s","title":"%s","status":%d,"detail":"%s","correlationId":"%s"}"""
              .formatted(problem.type(), problem.title(), status, problem.advice(), id)
              .getBytes(StandardCharsets.UTF_8);
      try {
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.finishResponse();
      } catch (IOException | IllegalStateException e) {
        container.getLogger().debug("A client left before its answer");
      }
    }
  }
}
