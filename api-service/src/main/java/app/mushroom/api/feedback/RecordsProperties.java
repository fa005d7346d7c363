package app.mushroom.api.feedback;

import app.mushroom.api.SettingChecks;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * What becomes of identifications and feedback.
 *
 * @param keep how long an identification and the feedback on it are kept, in days where there is no
 *     unit; 0: for ever
 * @param cleanEvery how often what is older is deleted
 * @param patience longest an answer waits for its record
 */
@ConfigurationProperties("mushroom.records")
record RecordsProperties(
    @DefaultValue("365d") @DurationUnit(ChronoUnit.DAYS) Duration keep,
    @DefaultValue("1h") Duration cleanEvery,
    @DefaultValue("200ms") Duration patience) {

  RecordsProperties {
    SettingChecks.zeroOrAtLeast(
        Duration.ofDays(1), "mushroom.records.keep (MUSHROOM_RECORDS_KEEP)", keep);
    SettingChecks.positive("mushroom.records.clean-every", cleanEvery);
    SettingChecks.positive("mushroom.records.patience", patience);
  }
}
