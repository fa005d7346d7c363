package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.page.StubServer.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Everything can be done with a keyboard alone, and the focus is always to be seen. */
class PageKeyboardTest extends PageTest {

  enum OpeningKey {
    ENTER(Keys.ENTER),
    SPACE(Keys.SPACE);

    final Keys key;

    OpeningKey(Keys key) {
      this.key = key;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theDropZoneOpensTheChooser(OpeningKey opening) {
    open(Screen.DESKTOP);
    browser.run(
        "window.opened = 0; document.getElementById('gallery')"
            + ".addEventListener('click', (e) => { e.preventDefault(); window.opened += 1; });");
    press(Keys.TAB);
    assertThat(browser.focused().getText()).isEqualTo("Skip to the content");
    assertFocusIsVisible();
    press(Keys.ENTER);
    press(Keys.TAB);
    assertThat(browser.focused().getAttribute("id")).isEqualTo("drop");
    assertFocusIsVisible();
    press(opening.key);
    browser.until("the chooser", b -> b.run("return window.opened === 1 || null"));
  }

  @Test
  void walksFromPhotoToFeedback() throws IOException {
    server.identificationsAnswer(Reply.json(200, Answers.deadly()));
    open(Screen.DESKTOP);
    browser.choose(TestPhotos.jpeg(folder, "find.jpg", 320, 240));
    browser.waitFor("#identify");
    browser.until(
        "focus on Identify", b -> "identify".equals(b.focused().getAttribute("id")) ? 1 : null);
    press(Keys.ENTER);
    browser.waitFor(".answer");
    assertThat(browser.focused().getText()).isEqualTo("DEADLY POISONOUS");
    List<String> stops = new ArrayList<>();
    for (int i = 0; i < 20 && !stops.contains("New mushroom"); i++) {
      press(Keys.TAB);
      assertFocusIsVisible();
      stops.add(browser.focused().getText());
    }
    assertThat(stops)
        .containsExactly(
            "Amanita virosa",
            "Amanita pantherina",
            "What to do, and numbers to call",
            "Caesar's mushroom",
            "Panther cap",
            "Destroying angel",
            "Blusher",
            "Show where it looked",
            "Right",
            "Wrong",
            "How good this model is",
            "Add a view",
            "New mushroom");
    back();
    back();
    back();
    back();
    press(Keys.SPACE);
    press(Keys.TAB);
    press(Keys.TAB);
    new Actions(browser.driver()).sendKeys("very sure").perform();
    press(Keys.TAB);
    press(Keys.SPACE);
    press(Keys.TAB);
    assertFocusIsVisible();
    press(Keys.ENTER);
    browser.waitForText(".feedback", "Thank you");
    assertThat(browser.focused().getText()).contains("Thank you");
    assertThat(server.received("/feedback").get(0).text())
        .contains("\"verdict\":\"right\"", "\"comment\":\"very sure\"", "\"consent\":true");
  }

  private void back() {
    new Actions(browser.driver())
        .keyDown(Keys.SHIFT)
        .sendKeys(Keys.TAB)
        .keyUp(Keys.SHIFT)
        .perform();
  }

  private void press(CharSequence keys) {
    new Actions(browser.driver()).sendKeys(keys).perform();
  }

  private void assertFocusIsVisible() {
    WebElement focused = browser.focused();
    assertThat(focused.getCssValue("outline-style")).as(focused.getText()).isEqualTo("solid");
    assertThat(focused.getCssValue("outline-width")).isEqualTo("3px");
    assertThat(
            (Boolean)
                browser.run(
                    "const r = arguments[0].getBoundingClientRect();"
                        + "return r.bottom > 0 && r.top < innerHeight;",
                    focused))
        .as("on screen")
        .isTrue();
  }
}
