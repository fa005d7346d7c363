package app.mushroom.api.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Counts problems by type, whoever answered with them: us, Spring or Tomcat. */
@Component
class ProblemMeter implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private static final String ATTRIBUTE = ProblemMeter.class.getName();

  private final Map<Problem, Counter> counters = new EnumMap<>(Problem.class);

  ProblemMeter(MeterRegistry meters) {
    for (Problem problem : Problem.values()) {
      counters.put(
          problem,
          Counter.builder("mushroom.problems")
              .description("Answers that were problems")
              .tag("type", problem.type().substring("/problems/".length()))
              .register(meters));
    }
  }

  static void note(Problem problem, HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, problem);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addEngineValves(new Count());
  }

  private void count(Request request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Problem problem) {
      Counter counter = counters.get(problem);
      if (counter != null) {
        counter.increment();
      }
    }
  }

  private final class Count extends ValveBase {
    private Count() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      try {
        getNext().invoke(request, response);
      } finally {
        count(request);
      }
    }
  }
}
