package app.mushroom.api.page;

import app.mushroom.api.page.StubServer.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WCAG 2.2 AA by axe-core, widths, text at 200 % and targets, in every stage, light and dark. */
class PageAccessibilityTest extends PageTest {

  static Stream<Screen> screens() {
    return Stream.of(Screen.PHONE, Screen.PHONE.dark(), Screen.TABLET, Screen.DESKTOP);
  }

  @ParameterizedTest
  @MethodSource("screens")
  void everyStageIsAccessible(Screen screen) throws IOException {
    server.heatmapAnswers(
        new Reply(
            200,
            "image/png",
            TestPhotos.encode(TestPhotos.mushroom(224, 224), "png"),
            Map.of(),
            -1));
    open(screen);
    browser.run("document.querySelector('#general details').open = true");
    check(screen, "start");
    openWithPhoto(screen);
    browser.choose(TestPhotos.jpeg(folder, "second.jpg", 300, 400));
    browser.until("two photos", b -> b.shown("#photos li").size() == 2 ? true : null);
    check(screen, "ready");
    server.identificationsAnswer(Reply.json(200, Answers.deadly()));
    server.hold();
    browser.click("#identify");
    browser.waitForText("#work-label", "Looking");
    check(screen, "looking");
    server.letGo();
    browser.waitFor(".answer");
    browser.run("document.querySelectorAll('.quiet, .verdicts button').forEach((b) => b.click())");
    browser.waitFor(".heatmap-picture img");
    browser.waitFor(".feedback form");
    check(screen, "deadly-open");
    if (screen.width() > Screen.PHONE.width()) {
      return; // the other stages have the same parts
    }
    for (String json :
        List.of(Answers.notKnownPoisonous(), Answers.poisonous(), Answers.unsure())) {
      answerOn(screen, json);
      check(
          screen,
          "answer-" + browser.text(".danger-word").toLowerCase(Locale.ROOT).replace(' ', '-'));
    }
    identify(screen, Reply.json(503, "{}").with("Retry-After", "30"));
    browser.waitFor(".problem");
    check(screen, "busy");
  }

  @ParameterizedTest
  @MethodSource("screens")
  void waitingFindsAreAccessible(Screen screen) throws IOException {
    openWithPhotos(screen, 3);
    browser.click("#identify");
    browser.waitFor(".waiting-find");
    check(screen, "waiting");
    server.identificationsAnswer(Reply.json(200, Answers.poisonous()));
    server.unplug(false);
    browser.reload();
    browser.waitForText("#waiting", "The answer is here");
    browser.run("document.getElementById('waiting').scrollIntoView()");
    check(screen, "answer-came");
  }

  private void openWithPhotos(Screen screen, int count) throws IOException {
    browser.forget(server.address());
    server.unplug(false);
    open(screen);
    Path[] photos = new Path[count];
    for (int i = 0; i < count; i++) {
      photos[i] = TestPhotos.jpeg(folder, "view" + i + ".jpg", 300, 400);
    }
    browser.choose(photos);
    browser.until("the photos", b -> b.shown("#photos li").size() == count ? true : null);
    server.unplug(true);
  }

  private void check(Screen screen, String stage) {
    new AccessibilityCheck(browser).of(screen, stage);
  }
}
