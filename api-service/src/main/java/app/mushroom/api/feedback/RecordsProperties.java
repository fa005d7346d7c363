package app.mushroom.api.feedback;

import app.mushroom.api.SettingChecks;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of identifications and feedback.
 *
 * @param keep how long an identification and the feedback on it are kept; 0: for ever
 * @param cleanEvery how often what is older is deleted
 * @param patience longest an answer waits for its record
 */
@ConfigurationProperties("mushroom.records")
record RecordsProperties(
    @DefaultValue("365d") Duration keep,
    @DefaultValue("1h") Duration cleanEvery,
    @DefaultValue("200ms") Duration patience) {

  RecordsProperties {
    SettingChecks.notNegative("mushroom.records.keep (MUSHROOM_RECORDS_KEEP)", keep);
    SettingChecks.positive("mushroom.records.clean-every", cleanEvery);
    SettingChecks.positive("mushroom.records.patience", patience);
  }
}
