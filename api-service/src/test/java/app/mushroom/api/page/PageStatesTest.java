package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.page.StubServer.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;

/** Every answer, every refusal and every way a connection can fail reads well. */
class PageStatesTest extends PageTest {

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of("poisonous", Answers.poisonous(), "POISONOUS", "Fly agaric"),
        Arguments.of("deadly", Answers.deadly(), "DEADLY POISONOUS", "Death cap"),
        Arguments.of(
            "neutral", Answers.notKnownPoisonous(), "Not known to be poisonous", "Chanterelle"),
        Arguments.of("caution", Answers.caution(), "Can make you ill", "Blusher"),
        Arguments.of("littleKnown", Answers.littleKnown(), "Cannot tell", "Blusher"),
        Arguments.of("notRuledOut", Answers.notRuledOut(), "Cannot tell", "Sheathed woodtuft"),
        Arguments.of("deadlyPossible", Answers.deadlyPossible(), "DEADLY POISONOUS", "Blusher"),
        Arguments.of("genus", Answers.genus(), "DEADLY POISONOUS", "A kind of Amanita"),
        Arguments.of(
            "unsureButPoisonous",
            Answers.unsureButPoisonous(),
            "DEADLY POISONOUS",
            "Not sure which mushroom this is"),
        Arguments.of("unsure", Answers.unsure(), "Cannot tell", "Not sure which mushroom this is"),
        Arguments.of(
            "not-a-mushroom",
            Answers.notMushroom(),
            "Cannot tell",
            "No mushroom found in this photo"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void showsTheAnswerOnOneScreenOfAPhone(String name, String json, String danger, String title)
      throws IOException {
    answerOn(Screen.PHONE, json);
    assertThat(browser.text(".danger-word")).isEqualTo(danger);
    assertThat(browser.text(".answer .name")).isEqualTo(title);
    assertThat(browser.focused().getText()).isEqualTo(danger);
    assertThat(browser.text(".small-print")).contains("Model mushrooms, version 3", "35–");
    assertThat(browser.text(".answer").toLowerCase(Locale.ROOT)).doesNotContain("edible", " safe");
    assertThat(bottomOf(".warning .emergency-line"))
        .as("the poison centre stands above the buttons at the bottom")
        .isLessThanOrEqualTo(topOf(".answer .actions"));
    browser.screenshot("phone-" + name);
  }

  @Test
  void namesTheDangerousLookAlikesAndHowToTellThemApart() throws IOException {
    answerOn(Screen.PHONE, Answers.notKnownPoisonous());
    assertThat(browser.text(".look-alikes"))
        .contains("Cortinarius rubellus", "Deadly", "Rusty brown gills", "Omphalotus illudens");
    WebElement first = browser.waitFor(".look-alikes li");
    assertThat(first.getText()).as("the deadly one first").contains("Cortinarius rubellus");
  }

  @Test
  void neverShowsGreenOrATick() throws IOException {
    answerOn(Screen.PHONE, Answers.notKnownPoisonous());
    Object greens =
        browser.run(
            "return [...document.querySelectorAll('body, body *')].flatMap((e) => {"
                + "  const s = getComputedStyle(e);"
                + "  return [s.color, s.backgroundColor, s.borderTopColor, s.fill]"
                + "    .map((c) => c.match(/^rgb\\((\\d+), (\\d+), (\\d+)\\)/)?.slice(1).map(Number))"
                + "    .filter((c) => c && c[1] > c[0] + 12 && c[1] > c[2] + 12)"
                + "    .map((c) => e.tagName + c); });");
    assertThat((List<?>) greens).isEmpty();
    assertThat(browser.text("body")).doesNotContain("✓", "✔", "👍");
  }

  static Stream<Arguments> problems() {
    return Stream.of(
        problem(
            "too-large",
            Reply.json(413, Answers.problem("photo-too-large", 413, "x")),
            "too large"),
        problem("proxy-too-large", Reply.text(413, "text/html", "<h1>413</h1>"), "too large"),
        problem("pixels", refused("photo-too-many-pixels"), "50 megapixels"),
        problem("small", refused("photo-too-small"), "too small"),
        problem("not-a-photo", refused("not-a-photo"), "That is not a photo"),
        problem("format", refused("unsupported-photo-format"), "cannot read this kind of picture"),
        problem("truncated", refused("photo-truncated"), "damaged"),
        problem("empty", refused("photo-empty"), "empty"),
        problem("odd", refused("something-new"), "The server's own sentence."),
        problem("too-often", Reply.json(429, "{}").with("Retry-After", "2"), "Many people"),
        problem("busy", Reply.json(503, "{}").with("Retry-After", "2"), "Many people"),
        problem("no-model", Reply.json(503, Answers.problem("no-model", 503, "")), "is starting"),
        problem("broken", Reply.json(500, "{}"), "on our side"),
        problem("gone", Reply.text(404, "text/html", "<h1>404</h1>"), "not there"),
        problem("login", Reply.text(200, "text/html", "<h1>Hotel</h1>"), "did not understand"),
        problem("not-json", Reply.json(200, "{\"id\": "), "did not understand"),
        problem("other-json", Reply.json(200, "[1, 2]"), "did not understand"),
        problem("no-content", Reply.json(200, ""), "did not understand"),
        problem("cut-off", Reply.json(200, Answers.deadly()).cutAfter(200), "connection broke"));
  }

  private static Reply refused(String type) {
    return Reply.json(422, Answers.problem(type, 422, "The server's own sentence."));
  }

  private static Arguments problem(String name, Reply reply, String words) {
    return Arguments.of(name, reply, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("problems")
  void saysWhatWentWrongAndWhatToDo(String name, Reply reply, String words) throws IOException {
    identify(Screen.PHONE, reply);
    assertThat(browser.text(".problem")).contains(words, "cannot tell whether it is poisonous");
    assertThat(browser.shown(".problem .actions .button")).isNotEmpty();
    assertThat(browser.focused().getText()).isEqualTo(browser.text(".problem h2"));
    assertThat(browser.shown(".answer")).isEmpty();
  }

  @Test
  void countsDownWhileBusyAndThenTriesAgain() throws IOException {
    identify(Screen.PHONE, Reply.json(503, "{}").with("Retry-After", "2"));
    WebElement retry = browser.waitFor(".problem .button");
    assertThat(retry.getText()).startsWith("Try again in ");
    assertThat(retry.isEnabled()).isFalse();
    server.identificationsAnswer(Reply.json(200, Answers.deadly()));
    browser.until("the countdown to end", b -> retry.isEnabled() ? retry : null).click();
    browser.waitForText(".answer .name", "Death cap");
  }

  @Test
  void givesUpOnAnAnswerThatDoesNotCome() throws IOException {
    server.hold();
    openWithPhoto(Screen.PHONE);
    browser.runAsync(
        "const done = arguments[0];"
            + "import(new URL('js/api.js', document.baseURI)).then((api) => {"
            + "  api.limits.answerMillis = 300; done(); });");
    browser.click("#identify");
    browser.waitForText(".problem h2", "takes too long");
  }

  @Test
  void showsHowMuchIsSentAndThenThatItIsLooking() throws IOException {
    server.hold();
    open(Screen.PHONE);
    browser.choose(TestPhotos.noise(folder, "large.jpg", 1200, 900));
    browser.waitFor("#identify");
    network(false, 400_000);
    try {
      browser.run(
          "window.percents = []; new MutationObserver(() =>"
              + " window.percents.push(document.getElementById('percent').textContent))"
              + ".observe(document.getElementById('percent'), {childList: true});");
      browser.click("#identify");
      browser.waitForText("#work-label", "Sending your photo");
      browser.waitForText("#work-label", "Looking at it");
      List<?> percents = (List<?>) browser.run("return window.percents");
      assertThat(percents)
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .contains("0%")
          .hasSizeGreaterThan(3);
      assertThat(browser.text("#announcer")).isEqualTo("Looking at it…");
    } finally {
      network(false, -1);
    }
    server.identificationsAnswer(Reply.json(200, Answers.poisonous()));
    server.letGo();
    browser.waitFor(".answer");
  }

  @Test
  void cancelsAndKeepsThePhotos() throws IOException {
    server.hold();
    identify(Screen.PHONE, Reply.json(200, Answers.deadly()));
    browser.waitForText("#work-label", "Looking");
    browser.click("#cancel");
    assertThat(browser.focused().getAttribute("id")).isEqualTo("identify");
    server.letGo();
    assertThat(browser.shown("#photos li")).hasSize(1);
    assertThat(browser.shown(".answer, .problem")).isEmpty();
  }

  @Test
  void thePreviousAnswerNeverStaysAboveANewPhoto() throws IOException {
    answerOn(Screen.DESKTOP, Answers.deadly());
    browser.choose(TestPhotos.jpeg(folder, "next.jpg", 640, 480));
    browser.waitFor("#identify");
    assertThat(browser.shown(".answer")).isEmpty();
    assertThat(browser.shown("#photos li")).as("a new find").hasSize(1);
    assertThat(browser.text("body")).doesNotContain("Death cap");
  }

  @Test
  void aViewCanBeAddedToTheSameFind() throws IOException {
    answerOn(Screen.DESKTOP, Answers.unsure());
    browser.run("document.querySelector('.answer .actions .second').click()");
    assertThat(browser.shown(".answer")).isEmpty();
    browser.choose(TestPhotos.jpeg(folder, "gills.jpg", 640, 480));
    browser.until("two photos", b -> b.shown("#photos li").size() == 2 ? true : null);
    server.identificationsAnswer(Reply.json(200, Answers.poisonous()));
    browser.click("#identify");
    browser.waitForText(".answer .photo", "+1");
    String sent = server.received("/identifications").get(1).text();
    assertThat(sent.split("name=\"images\"", -1)).hasSize(3);
  }

  private void network(boolean offline, int uploadBytesPerSecond) {
    browser.cdp("Network.enable", Map.of());
    browser.cdp(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline",
            offline,
            "latency",
            0,
            "downloadThroughput",
            -1,
            "uploadThroughput",
            uploadBytesPerSecond));
  }

  private int bottomOf(String selector) {
    Rectangle box = browser.waitFor(selector).getRect();
    return box.getY() + box.getHeight() - scrolled();
  }

  private int topOf(String selector) {
    return browser.waitFor(selector).getRect().getY() - scrolled();
  }

  private int scrolled() {
    return ((Number) browser.run("return Math.round(window.scrollY)")).intValue();
  }
}
