package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * All routes that do more than read. Whoever adds one says in docs/operations.md ("API keys and
 * limits") who may use it; what changes anything for others is closed unless it is opened.
 */
class OpenRoutesTest extends ServiceTest {
  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping routes;

  @Test
  void noRouteChangesAnythingUnnoticed() {
    Set<String> found = new TreeSet<>();
    routes
        .getHandlerMethods()
        .keySet()
        .forEach(
            route -> {
              for (String pattern : route.getPatternValues()) {
                for (RequestMethod method : route.getMethodsCondition().getMethods()) {
                  if (method != RequestMethod.GET) {
                    found.add(method + " " + pattern);
                  }
                }
                if (route.getMethodsCondition().getMethods().isEmpty()) {
                  found.add("ANY " + pattern);
                }
              }
            });
    assertThat(found)
        .containsExactlyInAnyOrder(
            "ANY /error",
            "POST /api/v1/identifications", // open: answers, and records nothing of whoever asked
            "POST /api/v1/models/{version}/identifications", // the same
            "POST /predict", // the same
            "POST /api/v1/identifications/{id}/feedback", // open to who knows the id, five times
            "DELETE /api/v1/feedback/{id}"); // with the token of its receipt, or a scope
  }
}
