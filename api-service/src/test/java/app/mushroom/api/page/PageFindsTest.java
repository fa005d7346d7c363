package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.page.StubServer.Reply;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One's own finds stay on the device until they are deleted. */
class PageFindsTest extends PageTest {

  @BeforeEach
  void forgetEarlierFinds() {
    open(Screen.PHONE);
    browser.runAsync(
        "const done = arguments[0];"
            + "import(new URL('js/finds.js', document.baseURI))"
            + ".then((finds) => finds.forgetAll()).then(done);");
  }

  @Test
  void anAnswerHasAnAddressThatShowsItAgain() throws IOException {
    answerOn(Screen.PHONE, Answers.deadly());
    assertThat(browser.driver().getCurrentUrl()).endsWith("#/finds/" + Answers.ID);
    browser.driver().navigate().refresh();
    browser.waitForText(".answer .name", "Death cap");
    assertThat(browser.text(".answer .danger-word")).isEqualTo("DEADLY POISONOUS");
    assertThat(browser.text(".answer")).contains("Never eat", "poison centre");
    assertThat(browser.run("return document.querySelector('.photo img').naturalWidth > 0"))
        .isEqualTo(true);
    assertThat(server.received("/identifications")).hasSize(1);
  }

  @Test
  void backGoesFromTheAnswerToItsPhotosAndForwardToTheAnswer() throws IOException {
    answerOn(Screen.PHONE, Answers.deadly());
    browser.driver().navigate().back();
    browser.waitFor("#identify");
    assertThat(browser.shown(".answer")).isEmpty();
    assertThat(browser.shown("#photos li")).hasSize(1);
    browser.driver().navigate().forward();
    browser.waitForText(".answer .name", "Death cap");
  }

  @Test
  void theWayToIdentifyBeginsANewFindAfterAnAnswer() throws IOException {
    answerOn(Screen.PHONE, Answers.deadly());
    browser.click(".nav [data-view=identify]");
    browser.waitFor("#take");
    assertThat(browser.shown("#photos li, .answer")).isEmpty();
    browser.choose(TestPhotos.jpeg(folder, "next.jpg", 640, 480));
    browser.waitFor("#identify");
    assertThat(browser.shown("#photos li")).as("the next mushroom's photo alone").hasSize(1);
  }

  @Test
  void aDeletedFindDoesNotOpenByItsAddress() throws IOException {
    answerOn(Screen.PHONE, Answers.deadly());
    browser.run("location.hash = '#/finds'");
    browser.click(".remove-find");
    browser.click("dialog .button:not(.second)");
    browser.waitForText("#view", "Nothing here yet");
    browser.run("location.hash = '#/finds/" + Answers.ID + "'");
    browser.waitFor("#view a[href='#/finds']");
    assertThat(browser.shown(".answer")).isEmpty();
    assertThat(browser.text("body")).doesNotContain("Death cap");
  }

  @Test
  void anAnswerDoesNotWaitForAStoreThatHangs() throws IOException {
    server.identificationsAnswer(Reply.json(200, Answers.deadly()));
    browser.reload();
    browser.choose(TestPhotos.jpeg(folder, "find.jpg", 800, 600));
    browser.waitFor("#identify");
    browser.run(
        "const open = IDBFactory.prototype.open;"
            + "IDBFactory.prototype.open = function (name, ...rest) {"
            + "  return name === 'mushroom-finds' ? {} : open.call(this, name, ...rest); };");
    browser.click("#identify");
    browser.waitForText(".answer .name", "Death cap");
    browser.click(".nav [data-view=finds]");
    browser.click(".nav [data-view=identify]");
    browser.waitForText(".answer .name", "Death cap");
  }

  @Test
  void theListNamesDangerAndDate() throws IOException {
    answerOn(Screen.PHONE, Answers.deadly());
    browser.run("location.hash = '#/finds'");
    browser.waitForText(".finds li", "Death cap");
    assertThat(browser.text(".finds li")).contains("Deadly", "20");
    browser.screenshot("phone-finds");
    browser.click(".find");
    browser.waitForText(".answer .name", "Death cap");
  }

  @Test
  void oneIsDeletedAfterAskingAndKeptWhenOneThinksBetter() throws IOException {
    answerOn(Screen.PHONE, Answers.deadly());
    browser.run("location.hash = '#/finds'");
    browser.click(".remove-find");
    assertThat(browser.text("dialog")).contains("Delete this find?", "cannot be brought back");
    new AccessibilityCheck(browser).of(Screen.PHONE, "delete-find");
    browser.click("dialog .second");
    browser.waitForText(".finds li", "Death cap");
    browser.click(".remove-find");
    browser.click("dialog .button:not(.second)");
    browser.waitForText("#view", "Nothing here yet");
    assertThat(browser.focused().getText()).isEqualTo("My finds");
  }

  @Test
  void allAreDeleted() throws IOException {
    answerOn(Screen.PHONE, Answers.deadly());
    browser.run("location.hash = '#/finds'");
    browser.waitFor(".finds");
    browser.run("document.querySelector('#view .button.second').click()");
    browser.click("dialog .button:not(.second)");
    browser.waitForText("#view", "Nothing here yet");
    browser.driver().navigate().refresh();
    browser.waitForText("#view", "Nothing here yet");
  }

  @Test
  void whatAnAnswerContradictsIsNeverShownMilderFromTheDevice() throws IOException {
    answerOn(Screen.PHONE, Answers.unsureButPoisonous());
    browser.driver().navigate().refresh();
    browser.waitForText(".danger-word", "DEADLY POISONOUS");
  }

  @Test
  void anAnswerThatComesWhileOneLooksElsewhereWaits() throws IOException {
    server.hold();
    identify(Screen.PHONE, Reply.json(200, Answers.deadly()));
    browser.waitForText("#work-label", "Looking");
    browser.click(".nav [data-view=about]");
    browser.waitForText("#view h2", "About");
    server.letGo();
    browser.waitForText("#announcer", "Death cap");
    browser.click(".nav [data-view=identify]");
    browser.waitForText(".answer .name", "Death cap");
  }
}
