package app.mushroom.trainer.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A YAML 1.2 file of settings: one mapping of keys to single values. It is read event by event and
 * never becomes objects, so there is nothing that tags could construct, aliases could blow up or
 * nesting could exhaust.
 */
public final class SettingsFile {

  private static final int MAX_BYTES = 64 * 1024;

  private final String name;
  private final Iterator<Event> events;

  private SettingsFile(String name, String text) {
    this.name = name;
    LoadSettings limits =
        LoadSettings.builder().setLabel(name).setCodePointLimit(MAX_BYTES).build();
    this.events = new Parse(limits).parseString(text).iterator();
  }

  /**
   * @return the settings in the order of the file; none for an empty one
   * @throws SettingException if the file is absent, too large, not UTF-8, or not such a mapping;
   *     the message names the line. Keys and values are looked at later, by {@link Settings}
   */
  public static List<Given> read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (!Files.isRegularFile(file)) {
      throw new SettingException(
          "There is no settings file "
              + file
              + ". Make one with: mushroom train --print-settings > "
              + file);
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new SettingException(
          file + ": expected at most " + MAX_BYTES + " bytes, found " + Files.size(file) + ".");
    }
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
    } catch (CharacterCodingException e) {
      throw new SettingException(file + " is not UTF-8 text. Save it as such.", e);
    }
    return read(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  static List<Given> read(String name, String text) {
    try {
      return new SettingsFile(name, text).mapping();
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      throw new SettingException(
          name
              + mark.map(m -> ", line " + (m.getLine() + 1)).orElse("")
              + ": this is not YAML: "
              + e.getProblem()
              + ". Expected lines such as \"epochs: 12\".",
          e);
    } catch (YamlEngineException e) {
      throw new SettingException(name + ": this is not YAML: " + e.getMessage(), e);
    }
  }

  private List<Given> mapping() {
    List<Given> settings = new ArrayList<>();
    Event event = next();
    while (event.getEventId() != Event.ID.StreamEnd) {
      switch (event.getEventId()) {
        case StreamStart, DocumentStart, DocumentEnd -> {}
        default -> {
          if (!settings.isEmpty()) {
            throw refused(event, "expected one document, found another.");
          }
          if (event instanceof MappingStartEvent start) {
            requirePlain(start);
            entries(settings);
          } else if (!isNothing(event)) {
            throw refused(
                event, "expected lines such as \"epochs: 12\", found " + kind(event) + ".");
          }
        }
      }
      event = next();
    }
    return settings;
  }

  private void entries(List<Given> settings) {
    for (Event key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
      if (!(key instanceof ScalarEvent keyText)) {
        throw refused(key, "expected the name of a setting, found " + kind(key) + ".");
      }
      requirePlain(keyText);
      Event value = next();
      String name = SettingException.shown(keyText.getValue());
      if (!(value instanceof ScalarEvent valueText)) {
        throw refused(value, "expected one value for " + name + ", found " + kind(value) + ".");
      }
      requirePlain(valueText);
      settings.add(
          new Given(
              keyText.getValue(),
              isNothing(value) ? "" : valueText.getValue(),
              !valueText.isPlain(),
              place(key)));
    }
  }

  private Event next() {
    return events.next();
  }

  /** Tags and anchors would mean something that is not done here. */
  private void requirePlain(NodeEvent node) {
    Optional<String> tag =
        node instanceof ScalarEvent scalar
            ? scalar.getTag()
            : node instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
    if (node.getAnchor().isPresent() || tag.isPresent()) {
      throw refused(
          node, "anchors (&), aliases (*) and tags (!) are not understood here. Write the value.");
    }
  }

  /** No value at all, or one of the ways YAML 1.2 has to write that. */
  private static boolean isNothing(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getValue().matches("|~|null|Null|NULL");
  }

  private static String kind(Event event) {
    return switch (event.getEventId()) {
      case SequenceStart -> "a list";
      case MappingStart -> "further keys";
      case Alias -> "an alias (*), which is not understood here";
      case Scalar -> SettingException.shown(((ScalarEvent) event).getValue());
      default -> "something else";
    };
  }

  private SettingException refused(Event event, String message) {
    return new SettingException(place(event) + ": " + message);
  }

  private String place(Event event) {
    return name + event.getStartMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
  }
}
