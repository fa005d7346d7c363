package app.mushroom.collector.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML 1.2 file that lists web sites under {@code sources}: {@link WebPages#exampleSettings} has
 * every key. At most {@value #MAX_BYTES} bytes.
 */
public final class PageSettingsFile {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_DEPTH = 8;
  private static final Set<String> BUILT_IN =
      Set.of(INaturalist.NAME, Gbif.NAME, WikimediaCommons.NAME, BingImages.NAME);

  private PageSettingsFile() {}

  /**
   * @throws PageSettingsException if this is no such file; the message names the line
   */
  public static List<PageSettings> read(Path file) throws IOException, PageSettingsException {
    String name = String.valueOf(file.getFileName());
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      throw new PageSettingsException(
          "%s: expected at most %d bytes, found %d. Split it.".formatted(name, MAX_BYTES, size));
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return read(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw new PageSettingsException(name + " is not UTF-8 text. Save it as such.", e);
    }
  }

  static List<PageSettings> read(String name, String text) throws PageSettingsException {
    LoadSettings limits =
        LoadSettings.builder().setLabel(name).setCodePointLimit(MAX_BYTES).build();
    try {
      requirePlain(name, new Parse(limits).parseString(text));
      Node root = new Compose(limits).composeString(text).orElse(null);
      return sources(name, root);
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
      throw new PageSettingsException(
          name + line + ": this is not YAML: " + e.getProblem() + ".", e);
    } catch (YamlEngineException e) {
      throw new PageSettingsException(name + ": this is not YAML: " + e.getMessage(), e);
    }
  }

  /** Nothing that could grow when it is composed: aliases, tags, bottomless nesting. */
  private static void requirePlain(String name, Iterable<Event> events)
      throws PageSettingsException {
    int depth = 0;
    for (Event event : events) {
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      boolean anchored =
          event.getEventId() == Event.ID.Alias
              || event instanceof NodeEvent node && node.getAnchor().isPresent()
              || event instanceof CollectionStartEvent start && start.getTag().isPresent();
      if (anchored || depth > MAX_DEPTH) {
        throw new PageSettingsException(
            name
                + event.getStartMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("")
                + ": expected plain keys and values, found "
                + (anchored ? "an anchor, alias or tag." : "too many nested brackets."));
      }
    }
  }

  private static List<PageSettings> sources(String name, @Nullable Node root)
      throws PageSettingsException {
    List<PageSettings> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (root == null) {
      throw new PageSettingsException(
          name + ": expected the key sources with a list of web sites, found nothing.");
    }
    PageSettingsReader top = new PageSettingsReader(name, root, Set.of("sources"));
    if (!(top.required("sources") instanceof SequenceNode list)) {
      throw top.refused(root, "expected a list of web sites under sources (- name: …).");
    }
    for (Node node : list.getValue()) {
      PageSettings settings =
          new PageSettingsReader(name, node, PageSettingsReader.KEYS).settings();
      if (BUILT_IN.contains(settings.name()) || !names.add(settings.name())) {
        throw top.refused(
            node, "expected a name of its own, found " + settings.name() + ", which is taken.");
      }
      all.add(settings);
    }
    return all;
  }
}
