package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the page's own unit tests, {@code frontend-simple/tests/}, under the real policy. */
class PageModulesTest extends PageTest {

  @Test
  void theModulesPassTheirTests() {
    browser.driver().get(server.address() + "tests/index.html");
    Map<?, ?> results =
        browser.until(
            "the modules' tests to finish",
            b -> (Map<?, ?>) b.run("return window.testResults ?? null"));
    assertThat((List<?>) results.get("failures")).isEmpty();
    assertThat((Long) results.get("count")).isGreaterThan(25);
  }
}
