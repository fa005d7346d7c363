package app.mushroom.api.feedback;

import app.mushroom.api.identification.Identification;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/** The part of the service that writes things down, on a database of one's choice. */
final class RecordsRunner {
  private RecordsRunner() {}

  static ApplicationContextRunner on(String url, Clock clock) {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                DataSourceAutoConfiguration.class,
                DataSourceTransactionManagerAutoConfiguration.class,
                JdbcTemplateAutoConfiguration.class,
                JdbcClientAutoConfiguration.class,
                TransactionAutoConfiguration.class,
                FlywayAutoConfiguration.class))
        .withUserConfiguration(
            DatabaseConfiguration.class,
            Database.class,
            Records.class,
            RecordReader.class,
            Recorder.class,
            Retention.class)
        .withBean(Clock.class, () -> clock)
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withPropertyValues(
            "spring.datasource.url=" + url,
            "spring.datasource.hikari.connection-timeout=1000",
            "spring.datasource.hikari.validation-timeout=500",
            "spring.flyway.locations=classpath:db/migration");
  }

  static Identification identification() {
    return new Identification(
        UUID.randomUUID(),
        Instant.EPOCH,
        1,
        new Identification.Model("mushrooms", "3"),
        new Identification.Mushroom(true, 0.99, 0.5),
        new Identification.Answer(
            "species",
            "amanita_muscaria",
            "x",
            null,
            List.of(),
            "amanita",
            null,
            0.93,
            "very_likely",
            List.of()),
        new Identification.Poison("poisonous", false, 0.97, "…"),
        null,
        null,
        List.of(),
        "…",
        false);
  }
}
