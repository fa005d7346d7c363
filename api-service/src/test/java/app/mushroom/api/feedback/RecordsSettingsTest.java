package app.mushroom.api.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "mushroom.records.keep=-1s | mushroom.records.keep (MUSHROOM_RECORDS_KEEP) to be 0 or a"
            + " time of at least 86400s, found '-1s'.",
        "mushroom.records.clean-every=0s | mushroom.records.clean-every to be a time longer than 0,"
            + " found '0s'.",
        "mushroom.records.patience=0ms | mushroom.records.patience to be a time longer than 0,"
            + " found '0s'.",
        "spring.datasource.url=jdbc:mysql://user:secret@host/x | spring.datasource.url"
            + " (SPRING_DATASOURCE_URL) to be an address that begins with jdbc:h2: or"
            + " jdbc:postgresql:, found 'jdbc:mysql:…'.",
        "spring.datasource.url=postgres://user:secret@host/x | spring.datasource.url"
            + " (SPRING_DATASOURCE_URL) to be an address that begins with jdbc:h2: or"
            + " jdbc:postgresql:, found 'postgres:…'.",
      })
  void aWrongValueEndsTheStart(String setting, String expected) {
    RecordsRunner.on("jdbc:h2:mem:settings", Clock.systemUTC())
        .withPropertyValues(setting)
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(context.getStartupFailure())
                  .rootCause()
                  .hasMessage("Expected " + expected);
            });
  }
}
