package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.openqa.selenium.By;

/**
 * WCAG 2.2 AA by axe-core, nothing wider than the screen, also with text at 200 %, and targets of
 * 44 px; names of species within sentences aside, whose reach CSS widens.
 */
final class AccessibilityCheck {

  private static final int SMALLEST_TARGET = 44;

  private final Browser browser;

  AccessibilityCheck(Browser browser) {
    this.browser = browser;
  }

  void of(Screen screen, String stage) {
    String where = screen + " " + stage;
    // What stands under the bars at the bottom comes up from under them when one scrolls.
    barsAt("static");
    if (!screen.name().startsWith(Screen.TABLET.name())) {
      assertThat((List<?>) axe()).as(where).isEmpty();
    }
    assertThat(browser.driver().findElements(By.tagName("h1"))).hasSize(1);
    assertThat(wide()).as("wider than the screen: %s", where).isEmpty();
    assertThat(smallTargets()).as("smaller than 44 px: %s", where).isEmpty();
    barsAt("");
    browser.screenshot(screen + "-" + stage);
    if (screen.equals(Screen.PHONE)) {
      browser.run("document.documentElement.style.fontSize = '200%'");
      assertThat(wide()).as("with text at 200 %%: %s", where).isEmpty();
      browser.screenshot(screen + "-" + stage + "-200-percent");
      browser.run("document.documentElement.style.fontSize = ''");
    }
  }

  private void barsAt(String position) {
    browser.run(
        "document.querySelectorAll('#nav, .answer .actions')"
            + ".forEach((bar) => { bar.style.position = arguments[0]; });",
        position);
  }

  private Object axe() {
    browser.run(axeSource());
    return Objects.requireNonNull(
        browser.runAsync(
            "const done = arguments[0];"
                + "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
                + " 'best-practice'], resultTypes: ['violations']})"
                + ".then((r) => done(r.violations.map((v) => v.id + ': ' + v.help + ': '"
                + " + v.nodes.map((n) => n.html + ' ' + n.failureSummary).join(' | '))))"
                + ".catch((e) => done(['axe did not run: ' + e]));"));
  }

  private List<?> wide() {
    return (List<?>)
        browser.run(
            "const width = document.documentElement.clientWidth;"
                + "return document.documentElement.scrollWidth <= width ? [] :"
                + " [...document.querySelectorAll('body *')].filter((e) =>"
                + " e.getBoundingClientRect().right > width + 1)"
                + ".map((e) => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 30));");
  }

  private List<?> smallTargets() {
    return (List<?>)
        browser.run(
            "return [...document.querySelectorAll('button, a:not(.species), summary, select,"
                + " input:not([type=checkbox], [type=file]), textarea, label.consent')].filter((e) => e.checkVisibility())"
                + ".map((e) => [e, e.getBoundingClientRect()])"
                + ".filter(([, r]) => r.width < arguments[0] || r.height < arguments[0])"
                + ".map(([e, r]) => `${e.tagName} ${e.textContent} ${r.width}x${r.height}`);",
            SMALLEST_TARGET);
  }

  private static String axeSource() {
    try (InputStream in = AccessibilityCheck.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
