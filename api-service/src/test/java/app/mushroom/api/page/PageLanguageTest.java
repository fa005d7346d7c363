package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The page in German says the same, as strictly, and fits the same screen. */
class PageLanguageTest extends PageTest {

  @AfterEach
  void speakEnglishAgain() {
    browser.run("localStorage.clear()");
  }

  @Test
  void theChosenLanguageIsSpokenEverywhereAndRemembered() {
    open(Screen.PHONE);
    assertThat(browser.run("return document.documentElement.lang")).isEqualTo("en");
    browser.click(".language[lang=de]");
    browser.waitForText("#start h2", "Welcher Pilz ist das");
    assertThat(browser.run("return document.documentElement.lang")).isEqualTo("de");
    browser.waitForText("#announcer", "Deutsch");
    assertThat(browser.text(".nav")).contains("Bestimmen", "Funde", "Arten");
    browser.driver().navigate().refresh();
    browser.waitForText("#start h2", "Welcher Pilz ist das");
    browser.click(".nav [data-view=privacy], .nav [data-view=about]");
    browser.waitForText("#view h2", "Über diese App");
    browser.click(".language[lang=en]");
    browser.waitForText("#view h2", "About");
  }

  @Test
  void anAnswerIsSaidAgainInTheOtherLanguage() throws IOException {
    answerOn(Screen.DESKTOP, Answers.deadly());
    browser.click(".language[lang=de]");
    browser.waitForText(".danger-word", "TÖDLICH GIFTIG");
    assertThat(browser.text(".answer .name")).isEqualTo("Grüner Knollenblätterpilz");
    assertThat(browser.text(".warning")).contains("Iss nie einen Pilz", "Giftnotruf");
    assertThat(server.received("/identifications")).hasSize(1);
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of("poisonous", Answers.poisonous(), "GIFTIG"),
        Arguments.of("deadly", Answers.deadly(), "TÖDLICH GIFTIG"),
        Arguments.of("neutral", Answers.notKnownPoisonous(), "Nicht als giftig bekannt"),
        Arguments.of("caution", Answers.caution(), "Kann krank machen"),
        Arguments.of("littleKnown", Answers.littleKnown(), "Keine Aussage möglich"),
        Arguments.of("notRuledOut", Answers.notRuledOut(), "Keine Aussage möglich"),
        Arguments.of("deadlyPossible", Answers.deadlyPossible(), "TÖDLICH GIFTIG"),
        Arguments.of("genus", Answers.genus(), "TÖDLICH GIFTIG"),
        Arguments.of("unsureButPoisonous", Answers.unsureButPoisonous(), "TÖDLICH GIFTIG"),
        Arguments.of("unsure", Answers.unsure(), "Keine Aussage möglich"),
        Arguments.of("not-a-mushroom", Answers.notMushroom(), "Keine Aussage möglich"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void everyAnswerFitsOneScreenInGermanToo(String name, String json, String danger)
      throws IOException {
    open(Screen.PHONE);
    browser.run("localStorage.setItem('mushroom.language', 'de')");
    answerOn(Screen.PHONE, json);
    assertThat(browser.text(".danger-word")).isEqualTo(danger);
    assertThat(browser.text(".answer").toLowerCase(Locale.ROOT))
        .doesNotContain("essbar", "ungiftig", "unbedenklich", "harmlos", " sicher")
        .contains("iss nie einen pilz");
    assertThat(browser.shown(".danger [lang=en]")).as("English left in the reason").isEmpty();
    double gap =
        ((Number)
                browser.run(
                    "return document.querySelector('.answer .actions').getBoundingClientRect().top"
                        + " - document.querySelector('.warning .emergency-line')"
                        + ".getBoundingClientRect().bottom"))
            .doubleValue();
    assertThat(gap).as("room below the poison centre's line, px").isNotNegative();
    new AccessibilityCheck(browser).of(Screen.PHONE, "german-" + name);
  }
}
