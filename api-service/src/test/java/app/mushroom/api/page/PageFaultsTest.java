package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.page.StubServer.Reply;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the service does wrong reads as "cannot tell", keeps the photos, and is one tap away
 * from an answer.
 */
class PageFaultsTest extends PageTest {

  static Stream<Arguments> passingFaults() {
    return Stream.of(
        Arguments.of("429", Reply.json(429, "{}").with("Retry-After", "1")),
        Arguments.of("503", Reply.json(503, "{}").with("Retry-After", "1")),
        Arguments.of("503 of a proxy", Reply.text(503, "text/html", "<h1>503</h1>")),
        Arguments.of("502 of a proxy", Reply.text(502, "text/html", "<h1>502</h1>")),
        Arguments.of("504 of a proxy", Reply.text(504, "text/html", "<h1>504</h1>")),
        Arguments.of("500", Reply.json(500, "{}")),
        Arguments.of("404", Reply.text(404, "text/html", "<h1>404</h1>")),
        Arguments.of("a login page", Reply.text(200, "text/html", "<h1>Hotel</h1>")),
        Arguments.of("JSON under another type", Reply.text(200, "text/plain", Answers.deadly())),
        Arguments.of("half a JSON", Reply.json(200, "{\"id\": \"0198\", \"poison\": {\"fl")),
        Arguments.of("another JSON", Reply.json(200, "[\"poisonous\"]")),
        Arguments.of(
            "wrong types",
            Reply.json(
                200,
                "{\"id\": 5, \"mushroom\": {\"isMushroom\": \"yes\"}, \"answer\": {\"rank\": 7},"
                    + " \"poison\": \"not_known_poisonous\"}")),
        Arguments.of("an empty answer", Reply.json(200, "")),
        Arguments.of("no content", Reply.text(204, "text/plain", "")),
        Arguments.of("cut off in the middle", Reply.json(200, Answers.deadly()).cutAfter(100)),
        Arguments.of("cut off at once", Reply.json(200, Answers.deadly()).cutAfter(0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("passingFaults")
  void keepsThePhotosAndIsOneTapFromAnAnswer(String name, Reply fault) throws IOException {
    identify(Screen.PHONE, fault);
    assertThat(browser.text(".problem")).contains("cannot tell whether it is poisonous");
    assertThat(browser.shown(".answer")).isEmpty();
    assertThat(browser.shown("#photos li img, #waiting img")).as("the photo").hasSize(1);
    server.identificationsAnswer(Reply.json(200, Answers.poisonous()));
    browser.click(".problem .button:enabled:not(.second)");
    browser.waitForText(".answer .name", "Fly agaric");
    assertThat(browser.shown("#waiting")).as("nothing is left behind").isEmpty();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(Reply.json(413, Answers.problem("upload-too-large", 413, "x"))),
        Arguments.of(Reply.text(413, "text/html", "<h1>413 Request Entity Too Large</h1>")),
        Arguments.of(Reply.json(422, Answers.problem("photo-truncated", 422, "x"))),
        Arguments.of(Reply.json(415, Answers.problem("not-a-photo", 415, "x"))),
        Arguments.of(Reply.json(400, Answers.problem("bad-request", 400, "x"))));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusedPhotosStayInSightAndOthersAreAskedFor(Reply refusal) throws IOException {
    identify(Screen.PHONE, refusal);
    assertThat(browser.text(".problem")).contains("cannot tell whether it is poisonous");
    assertThat(browser.shown("#photos li")).hasSize(1);
    assertThat(browser.text(".problem .actions")).contains("Use other photos");
  }

  @Test
  void nothingAtAllIsAConnectionThatBroke() throws IOException {
    openWithPhoto(Screen.PHONE);
    server.unplug(true);
    browser.click("#identify");
    browser.waitForText(".problem h2", "connection broke");
    assertThat(browser.text(".problem")).contains("cannot tell", "waits on this device");
    assertThat(browser.shown("#waiting img")).hasSize(1);
    server.identificationsAnswer(Reply.json(200, Answers.poisonous()));
    server.unplug(false);
    browser.click(".problem .button:enabled:not(.second)");
    browser.waitForText(".answer .name", "Fly agaric");
  }

  @Test
  void oddPartsOfAnAnswerMakeItMoreCareful() throws IOException {
    answerOn(
        Screen.PHONE,
        """
        {"id": {}, "model": [], "mushroom": {"isMushroom": true, "probability": "high"},
         "answer": {"rank": "species", "label": 3, "scientificName": "Boletus edulis", "band": 9},
         "poison": {"flag": "harmless", "deadly": "no", "reason": 4},
         "candidates": "none", "advice": "none", "warning": 7}
        """);
    assertThat(browser.text(".danger-word")).isEqualTo("Cannot tell");
    assertThat(browser.text(".warning")).contains("Never eat a mushroom because of an app");
  }

  @Test
  void aBusyServiceCanBeLeftToAnswerLater() throws IOException {
    identify(Screen.PHONE, Reply.json(503, "{}").with("Retry-After", "1"));
    browser.waitForText(".problem .actions", "Keep it and send it later");
    browser.run(
        "[...document.querySelectorAll('.problem .button.second')]"
            + ".find((b) => b.textContent.includes('later')).click()");
    browser.waitForText("#waiting", "asked again");
    assertThat(browser.shown("#tray li")).isEmpty();
    server.identificationsAnswer(Reply.json(200, Answers.genus()));
    browser.waitForText(".answer .name", "Amanita");
    List<String> keys =
        server.received("/identifications").stream()
            .map(StubServer.Received::repeatKey)
            .distinct()
            .toList();
    assertThat(keys).hasSize(1);
  }
}
