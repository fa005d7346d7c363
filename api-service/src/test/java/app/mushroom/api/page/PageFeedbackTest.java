package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.page.StubServer.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** "Was this right?" and "Show where it looked". */
class PageFeedbackTest extends PageTest {

  @Test
  void sendsACorrectionWithItsLabel() throws IOException {
    server.feedbackAnswers(Reply.json(201, "{}"));
    server.speciesAnswer(
        Reply.json(
            200,
            Answers.species(
                List.of(
                    Map.of(
                        "label", "amanita_phalloides",
                        "scientificName", "Amanita phalloides",
                        "commonName", "death cap")))));
    answerOn(Screen.PHONE, Answers.poisonous());
    browser.run("document.querySelectorAll('.verdicts button')[1].click()");
    browser.waitFor("#feedback-label").sendKeys("phall");
    browser.waitForText("[role=option]", "Death cap");
    browser.waitFor("#feedback-label").sendKeys(Keys.ARROW_DOWN, Keys.ENTER);
    browser.run("document.querySelector('.feedback form').requestSubmit()");
    browser.waitForText(".feedback", "Thank you");
    StubServer.Received sent = server.received("/feedback").get(0);
    assertThat(sent.path()).contains(Answers.ID);
    assertThat(sent.contentType()).isEqualTo("application/json");
    assertThat(sent.text())
        .contains("\"verdict\":\"wrong\"", "\"label\":\"amanita_phalloides\"", "\"consent\":false");
  }

  @Test
  void takesNoWordsForASpeciesThatTheCatalogueDoesNotHave() throws IOException {
    answerOn(Screen.PHONE, Answers.poisonous());
    browser.run("document.querySelectorAll('.verdicts button')[1].click()");
    browser.waitFor("#feedback-label").sendKeys("big brown one");
    browser.run("document.querySelector('.feedback form').requestSubmit()");
    browser.waitForText(".feedback", "Choose one of the list");
    assertThat(server.received("/feedback")).isEmpty();
  }

  @Test
  void takesFeedbackBackWithItsToken() throws IOException {
    server.feedbackAnswers(
        Reply.json(
            201,
            Answers.json(
                Map.of("id", "f1", "photosKept", 1, "withdrawalToken", "only-told-once"))));
    server.answers("feedback/f1", Reply.text(503, "text/plain", "away"));
    answerOn(Screen.PHONE, Answers.poisonous());
    browser.run("document.querySelector('.verdicts button').click()");
    browser.run("document.querySelector('.feedback form').requestSubmit()");
    browser.waitForText(".feedback", "Your photo is put aside");
    browser.run("document.querySelector('.feedback .button').click()");
    browser.waitForText(".feedback", "could not be taken back");
    server.answers("feedback/f1", Reply.text(204, "text/plain", ""));
    browser.driver().navigate().refresh();
    browser.waitForText(".feedback", "Thank you");
    browser.run("document.querySelector('.feedback .button').click()");
    browser.waitForText(".feedback", "Taken back");
    StubServer.Received last =
        server.received("feedback/f1").get(server.received("feedback/f1").size() - 1);
    assertThat(last.method()).isEqualTo("DELETE");
  }

  @Test
  void keepsWhatWasWrittenWhenItCannotBeSent() throws IOException {
    server.feedbackAnswers(Reply.json(503, "{}"));
    answerOn(Screen.PHONE, Answers.poisonous());
    browser.run("document.querySelector('.verdicts button').click()");
    browser.run("document.getElementById('feedback-comment').value = 'long story'");
    browser.run("document.querySelector('.feedback form').requestSubmit()");
    browser.waitForText(".feedback", "could not be sent");
    assertThat(browser.run("return document.getElementById('feedback-comment').value"))
        .isEqualTo("long story");
  }

  @Test
  void showsWhereItLookedAndHidesItAgain() throws IOException {
    byte[] png = TestPhotos.encode(TestPhotos.mushroom(224, 224), "png");
    server.heatmapAnswers(new Reply(200, "image/png", png, Map.of(), -1));
    answerOn(Screen.PHONE, Answers.poisonous());
    browser.run("document.querySelector('.heatmap button').click()");
    browser.until(
        "the picture",
        b -> b.run("return document.querySelector('.heatmap img')?.naturalWidth === 224 || null"));
    browser.run("document.querySelector('.heatmap button').click()");
    assertThat(browser.shown(".heatmap-picture")).isEmpty();
  }

  @Test
  void leavesQuietlyWhereThereIsNoHeatmap() throws IOException {
    server.heatmapAnswers(Reply.text(404, "text/html", "<h1>404</h1>"));
    answerOn(Screen.PHONE, Answers.poisonous());
    browser.run("document.querySelector('.heatmap button').click()");
    browser.until("it to be gone", b -> b.shown(".heatmap").isEmpty() ? true : null);
    assertThat(browser.shown(".problem")).isEmpty();
  }
}
