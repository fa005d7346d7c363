package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.page.StubServer.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No signal: nothing is lost, nothing is sent twice, and no answer stands under another photo. */
class PageOfflineTest extends PageTest {

  @AfterEach
  void backInReach() {
    if (browser != null) {
      browser.offline(false);
    }
  }

  @Test
  void aFindWaitsAndIsAnsweredOnceThereIsASignal() throws IOException {
    outOfReach();
    browser.click("#identify");
    browser.waitForText(".problem h2", "No connection");
    assertThat(browser.text(".problem")).contains("waits on this device", "cannot tell");
    browser.waitForText("#waiting-banner", "1 find waits");
    assertThat(browser.shown("#waiting img")).hasSize(1);
    assertThat(browser.shown("#tray li")).as("one place only").isEmpty();
    browser.screenshot("phone-waiting");
    inReach(Answers.genus());
    browser.waitForText(".answer .name", "Amanita");
    browser.until("no banner", b -> b.shown("#waiting-banner").isEmpty() ? true : null);
    assertThat(server.received("/identifications")).hasSize(1);
  }

  @Test
  void aFindThatWaitsOutlivesTheTab() throws IOException {
    outOfReach();
    browser.click("#identify");
    browser.waitForText("#waiting-banner", "1 find waits");
    server.unplug(false);
    server.identificationsAnswer(Reply.json(503, "{}").with("Retry-After", "1"));
    browser.offline(false);
    browser.driver().get("about:blank");
    browser.driver().get(server.address());
    browser.waitForText("#waiting-banner", "1 find waits");
    assertThat(browser.shown("#waiting img")).hasSize(1);
    server.identificationsAnswer(Reply.json(200, Answers.poisonous()));
    browser.waitForText("#waiting", "The answer is here");
    browser.waitForText("#waiting-banner", "The answer to 1 find has come");
    assertThat(browser.shown(".answer")).as("nothing opens by itself").isEmpty();
    browser.screenshot("phone-answer-came");
    assertThat(
            browser.runAsync(
                "const done = arguments[0];"
                    + "import(new URL('js/outbox.js', document.baseURI))"
                    + ".then((outbox) => outbox.all()).then((f) => done(f[0].photos.length));"))
        .as("full photos that are kept on after the answer")
        .isEqualTo(0L);
    browser.run("document.querySelector('#waiting [data-for^=show]').click()");
    browser.waitForText(".answer .name", "Fly agaric");
    assertThat(browser.shown(".answer img")).as("beside its own photo").isNotEmpty();
  }

  @Test
  void anAnswerThatComesLateIsNotShownUnderAnotherPhoto() throws IOException {
    outOfReach();
    browser.click("#identify");
    browser.waitForText("#waiting-banner", "1 find waits");
    browser.choose(TestPhotos.jpeg(folder, "next.jpg", 640, 480));
    browser.waitFor("#identify");
    inReach(Answers.notKnownPoisonous());
    browser.waitForText("#waiting", "The answer is here");
    assertThat(browser.shown(".answer")).isEmpty();
    assertThat(browser.shown("#photos li")).as("the next find is as it was").hasSize(1);
    assertThat(browser.text("#announcer")).contains("has come").doesNotContain("Not known");
    assertThat(browser.text("body")).doesNotContain("Chanterelle");
  }

  @Test
  void aLateAnswerDoesNotTakeOverAnotherView() throws IOException {
    openWithPhoto(Screen.PHONE);
    browser.click(".nav [data-view=about]"); // while it can still be loaded
    browser.waitForText("#view h2", "About");
    browser.click(".nav [data-view=identify]");
    browser.waitFor("#identify");
    goOutOfReach();
    browser.click("#identify");
    browser.waitForText("#waiting-banner", "1 find waits");
    browser.click(".nav [data-view=about]");
    browser.waitForText("#view h2", "About");
    inReach(Answers.deadly());
    browser.waitForText("#waiting-banner", "The answer to 1 find has come");
    browser.waitForText("#announcer", "has come");
    assertThat(browser.driver().getCurrentUrl()).endsWith("#/about");
    assertThat(browser.shown("#view h2")).isNotEmpty();
    assertThat(browser.shown(".answer")).isEmpty();
    browser.click(".nav [data-view=identify]");
    browser.waitFor("#take");
    assertThat(browser.shown(".problem")).as("what waited is answered").isEmpty();
  }

  @Test
  void aParkedFindThatIsDeletedLeavesThePageReadyForTheNext() throws IOException {
    outOfReach();
    browser.click("#identify");
    browser.waitForText("#waiting", "Waits for a connection");
    pressDelete();
    browser.waitForText("#waiting", "Delete for good?");
    pressDelete();
    browser.waitFor("#take");
    assertThat(browser.shown(".problem")).isEmpty();
    browser.choose(TestPhotos.jpeg(folder, "next.jpg", 640, 480));
    browser.waitFor("#identify");
  }

  @Test
  void aNewFindCanBeBegunWhileAParkedOneIsTried() throws IOException {
    outOfReach();
    browser.click("#identify");
    browser.waitForText("#waiting-banner", "1 find waits");
    server.hold();
    inReach(Answers.deadly());
    browser.waitForText("#waiting", "Sending now");
    browser.click(".problem .button:not(.second)");
    browser.click(".problem .button.second");
    browser.waitFor("#take");
    server.letGo();
    browser.waitForText("#waiting", "The answer is here");
    assertThat(browser.shown(".answer")).isEmpty();
  }

  @Test
  void oneBrokenRecordDoesNotHoldBackTheOthers() throws IOException {
    outOfReach();
    browser.click("#identify");
    browser.waitForText("#waiting-banner", "1 find waits");
    browser.runAsync(
        "const done = arguments[0]; const request = indexedDB.open('mushroom-outbox');"
            + "request.onsuccess = () => {"
            + "  const t = request.result.transaction('outgoing', 'readwrite');"
            + "  t.objectStore('outgoing').put({key: 'a', when: 1, state: 'answered', json: 5});"
            + "  t.objectStore('outgoing').put({key: 'b', when: 2, state: 'waiting', due: 0});"
            + "  t.oncomplete = () => done(true); };");
    server.identificationsAnswer(Reply.json(200, Answers.genus()));
    server.unplug(false);
    browser.offline(false);
    browser.reload();
    browser.waitForText("#waiting", "The answer is here");
  }

  @Test
  void anAnswerLostOnItsWayIsAskedForUnderTheSameKey() throws IOException {
    open(Screen.PHONE);
    browser.choose(TestPhotos.jpeg(folder, "find.jpg", 800, 600));
    browser.waitFor("#identify");
    server.identificationsAnswer(Reply.json(200, Answers.deadly()).cutAfter(200));
    browser.click("#identify");
    browser.waitForText(".problem h2", "connection broke");
    server.identificationsAnswer(Reply.json(200, Answers.deadly()));
    browser.until(
        "the answer, by itself or on a tap",
        b -> {
          if (!b.shown(".answer").isEmpty()) {
            return true;
          }
          b.run("document.querySelector('.problem .button:enabled:not(.second)')?.click()");
          return null;
        });
    List<String> keys =
        server.received("/identifications").stream()
            .map(StubServer.Received::repeatKey)
            .distinct()
            .toList();
    assertThat(keys).as("each attempt names the same find").hasSize(1).doesNotContainNull();
  }

  @Test
  void aWaitingFindCanBeDeleted() throws IOException {
    outOfReach();
    browser.click("#identify");
    browser.waitForText("#waiting", "Waits for a connection");
    pressDelete();
    browser.waitForText("#waiting", "Delete for good?");
    pressDelete();
    browser.until("an empty list", b -> b.shown("#waiting").isEmpty() ? true : null);
    server.unplug(false);
    browser.offline(false);
    browser.reload();
    assertThat(browser.shown("#waiting, #waiting-banner")).isEmpty();
  }

  @Test
  void photosThatAreNotSentYetOutliveAReload() throws IOException {
    openWithPhoto(Screen.PHONE);
    browser.choose(TestPhotos.jpeg(folder, "more.jpg", 640, 480));
    browser.until("two photos", b -> b.shown("#photos li").size() == 2 ? true : null);
    browser.runAsync(
        "const done = arguments[0];"
            + "import(new URL('js/outbox.js', document.baseURI))"
            + "  .then((outbox) => outbox.draftsWritten()).then(() => done(true));");
    browser.reload();
    browser.until("both photos again", b -> b.shown("#photos li").size() == 2 ? true : null);
    assertThat(browser.text("#announcer")).contains("from before are back");
    browser.click("#clear");
    browser.reload();
    assertThat(browser.shown("#photos li")).isEmpty();
  }

  @Test
  void thePageOpensWithoutAServer() {
    openWithWorker();
    server.unplug(true);
    browser.reload();
    assertThat(browser.shown("#take")).hasSize(1);
    browser.screenshot("phone-offline");
    Object answer =
        browser.runAsync(
            "const done = arguments[0];"
                + "fetch('api/v1/species').then((r) => done(r.status), () => done('no answer'));");
    assertThat(answer).as("never an old answer of the API").isEqualTo("no answer");
  }

  @Test
  void askingForAFreshPageWithoutAServerKeepsTheOneFromBefore() {
    openWithWorker();
    server.unplug(true);
    browser.driver().get(server.address() + "?fresh");
    browser.waitFor("body.ready");
    browser.reload();
    assertThat(browser.shown("#take")).hasSize(1);
  }

  @Test
  void aNewVersionIsToldAndComesWhole() {
    openWithWorker();
    server.replace("js/texts.en.js", englishWith("title: 'Mushroom App'", "title: 'Newer App'"));
    check();
    browser.waitForText("#new-page", "new version");
    assertThat(browser.driver().getTitle()).contains("Mushroom App");
    browser.click("#new-page button");
    browser.until("the new title", b -> b.driver().getTitle().contains("Newer App") ? true : null);
  }

  @Test
  void halfAVersionIsNeverTaken() {
    openWithWorker();
    server.replace("js/answer.js", "");
    server.replace(
        "index.html", "<!doctype html><title>cut off</title><script src=\"js/gone.js\">");
    check();
    browser.reload();
    assertThat(browser.shown("#take")).as("the version from before").hasSize(1);
  }

  @Test
  void aBrokenVersionIsReplacedByTheNextOne() {
    openWithWorker();
    server.replace("js/main.js", "throw new Error('a broken deploy');");
    check();
    browser.driver().navigate().refresh();
    browser.until(
        "the broken page", b -> b.run("return !document.body.classList.contains('ready') || null"));
    server.replace("js/main.js", null);
    browser.driver().get(server.address() + "?fresh");
    browser.waitFor("body.ready");
    assertThat(browser.run("return location.search")).isEqualTo("");
    browser.complaints(); // the broken page's own
  }

  private void pressDelete() {
    browser.run(
        "const b = document.querySelector('#waiting [data-for^=delete]'); b.focus(); b.click();");
  }

  private void outOfReach() throws IOException {
    openWithPhoto(Screen.PHONE);
    goOutOfReach();
  }

  private void goOutOfReach() {
    server.unplug(true);
    browser.offline(true);
    browser.waitForText("#offline", "No connection");
  }

  private void inReach(String answer) {
    server.identificationsAnswer(Reply.json(200, answer));
    server.unplug(false);
    browser.offline(false);
  }

  private void openWithWorker() {
    open(Screen.PHONE);
    browser.runAsync(
        "const done = arguments[0]; navigator.serviceWorker.ready.then(async () => {"
            + "  if (!navigator.serviceWorker.controller) await new Promise((r) =>"
            + "    navigator.serviceWorker.addEventListener('controllerchange', r, {once: true}));"
            + "  done(true); });");
  }

  private Map<?, ?> check() {
    Object state =
        browser.runAsync(
            "const done = arguments[0]; const { port1, port2 } = new MessageChannel();"
                + "port1.onmessage = ({ data }) => done(data);"
                + "navigator.serviceWorker.controller.postMessage({type: 'check'}, [port2]);");
    return (Map<?, ?>) state;
  }

  private static String englishWith(String from, String to) {
    try {
      String english = java.nio.file.Files.readString(PAGE.resolve("js").resolve("texts.en.js"));
      assertThat(english).contains(from);
      return english.replace(from, to);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
