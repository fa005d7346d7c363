package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the page's own unit tests, {@code frontend-simple/tests/}, under the real policy. */
class PageModulesTest extends PageTest {

  /** In Safari before 16.4 one of them in a module is a page that does not start. */
  @Test
  void noExpressionLooksBehind() throws IOException {
    try (Stream<Path> modules = Files.walk(PAGE)) {
      assertThat(modules.filter(path -> path.toString().matches(".*/(js/[^/]+|sw)\\.js")))
          .hasSizeGreaterThan(30)
          .allSatisfy(
              module -> assertThat(Files.readString(module)).doesNotContainPattern("\\(\\?<[=!]"));
    }
  }

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
