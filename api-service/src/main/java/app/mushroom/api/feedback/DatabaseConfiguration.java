package app.mushroom.api.feedback;

import app.mushroom.api.SettingChecks;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Properties;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How the database is reached: never so that anybody waits for it longer than seconds. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RecordsProperties.class)
class DatabaseConfiguration {
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String H2 = "jdbc:h2:";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST_MIGRATION = Duration.ofMinutes(10);

  /** {@link Database} migrates, once the database is there. */
  @Bean
  FlywayMigrationStrategy whenTheDatabaseIsThere() {
    return flyway -> {};
  }

  /** Building an index over millions of rows is silent for longer than any other statement. */
  @Bean
  FlywayConfigurationCustomizer patienceForMigrations(DataSourceProperties source) {
    return configuration -> {
      if (source.determineUrl().startsWith(POSTGRESQL)) {
        configuration.dataSource(migrations(source));
      }
    };
  }

  private static DriverManagerDataSource migrations(DataSourceProperties source) {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
    properties.setProperty("socketTimeout", Long.toString(LONGEST_MIGRATION.toSeconds()));
    DriverManagerDataSource connections =
        new DriverManagerDataSource(source.determineUrl(), properties);
    connections.setUsername(source.determineUsername());
    connections.setPassword(source.determinePassword());
    return connections;
  }

  @Bean
  static BeanPostProcessor patience() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource source
            && !isLocal(String.valueOf(source.getJdbcUrl()))) {
          doNotWait(source);
        }
        return bean;
      }

      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof DataSourceProperties properties) {
          check(properties.determineUrl());
        }
        return bean;
      }
    };
  }

  private static void doNotWait(HikariDataSource source) {
    source.setInitializationFailTimeout(-1);
    if (source.getJdbcUrl().startsWith(POSTGRESQL)) {
      // A server that accepts and then says nothing would hold a thread for ever. What the address
      // says of these wins. https://jdbc.postgresql.org/documentation/use/
      source.addDataSourceProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
      source.addDataSourceProperty("socketTimeout", Long.toString(SILENCE.toSeconds()));
      source.addDataSourceProperty("tcpKeepAlive", "true");
      source.addDataSourceProperty("ApplicationName", "mushroom-app");
    }
  }

  /** Whether the database lies in a file, or in the memory, of this machine. */
  static boolean isLocal(String url) {
    return url.startsWith(H2) && !url.startsWith(H2 + "tcp:") && !url.startsWith(H2 + "ssl:");
  }

  /** The rest of an address may hold a password, which no message repeats. */
  private static void check(String url) {
    SettingChecks.expect(
        url.startsWith(H2) || url.startsWith(POSTGRESQL),
        "spring.datasource.url (SPRING_DATASOURCE_URL)",
        "an address that begins with " + H2 + " or " + POSTGRESQL,
        url.replaceFirst("^((?:[A-Za-z0-9]{1,20}:){0,2}).*", "$1") + "…");
  }
}
