package app.mushroom.api;

import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.stereotype.Component;

/**
 * Tells of settings that begin with our name and that nobody reads, which are typing mistakes for
 * the most part. Only a warning: other parts of the suite have settings of the same kind.
 */
@Component
class UnknownSettings {
  private static final Logger log = LoggerFactory.getLogger(UnknownSettings.class);

  /** Of the launcher, compose, the build and the other applications. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "mushroomstore",
          "mushroombucket",
          "mushroomuid",
          "mushroomgid",
          "mushroomtag",
          "mushroomcontact",
          "mushroommlflow",
          "mushroommlflownetwork",
          "mushroomtestdata",
          "mushroomtestpostgres");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(MUSHROOM_[A-Z0-9_]+)");
  private static final int LIKE = 3;

  private final ConfigurableEnvironment environment;

  UnknownSettings(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  @EventListener
  void started(ApplicationStartedEvent event) {
    Set<String> known = new TreeSet<>();
    Set<String> open = new HashSet<>();
    event
        .getApplicationContext()
        .getBeansWithAnnotation(ConfigurationProperties.class)
        .values()
        .forEach(
            bean -> {
              ConfigurationProperties of =
                  bean.getClass().getAnnotation(ConfigurationProperties.class);
              if (of != null && of.value().startsWith("mushroom")) {
                collect(of.value(), bean.getClass(), known, open);
              }
            });
    placeholders(known);
    Set<String> uniform = new HashSet<>(OF_OTHERS);
    known.forEach(name -> uniform.add(uniform(name)));
    for (String name : given()) {
      String form = uniform(name);
      if (!uniform.contains(form) && open.stream().noneMatch(form::startsWith)) {
        log.warn("{} is no setting of the API and does nothing.{}", name, guess(name, known));
      }
    }
  }

  private static void collect(String prefix, Class<?> type, Set<String> known, Set<String> open) {
    RecordComponent[] components = type.getRecordComponents();
    for (RecordComponent component : components == null ? new RecordComponent[0] : components) {
      String name = prefix + "." + kebab(component.getName());
      if (component.getType().isRecord()) {
        collect(name, component.getType(), known, open);
      } else if (Iterable.class.isAssignableFrom(component.getType())
          || Map.class.isAssignableFrom(component.getType())) {
        known.add(name);
        open.add(uniform(name)); // followed by an index or a name
      } else {
        known.add(name);
      }
    }
  }

  /** The environment variables that application.yml gives names of their own. */
  private void placeholders(Set<String> known) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source.getName().contains("class path") && source.getSource() instanceof Map<?, ?> map) {
        for (Object value : map.values()) {
          Object text = value instanceof OriginTrackedValue tracked ? tracked.getValue() : value;
          Matcher matcher = PLACEHOLDER.matcher(String.valueOf(text));
          while (matcher.find()) {
            known.add(matcher.group(1));
          }
        }
      }
    }
  }

  private Set<String> given() {
    Set<String> given = new TreeSet<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> names) {
        for (String name : names.getPropertyNames()) {
          if (name.startsWith("mushroom.") || name.startsWith("MUSHROOM_")) {
            given.add(name);
          }
        }
      }
    }
    return given;
  }

  private static String guess(String name, Set<String> known) {
    boolean variable = name.startsWith("MUSHROOM_");
    String form = uniform(name);
    return known.stream()
        .min(Comparator.comparingInt(one -> distance(uniform(one), form)))
        .filter(one -> distance(uniform(one), form) <= LIKE)
        .map(one -> " Did you mean " + (variable ? variable(one) : one) + "?")
        .orElse(" docs/operations.md lists them all.");
  }

  private static String variable(String name) {
    return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static String uniform(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** How many letters to add, to leave out or to replace (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
