package app.mushroom.vision.decision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The network's outputs in the order of its logits: {@code labels.json} of a model bundle.
 *
 * @param labels at least one, each name once
 */
public record LabelSet(List<Label> labels) {
  private record Document(int schemaVersion, List<Label> labels) {
    private Document {
      ModelJson.requireVersion(schemaVersion);
      new LabelSet(labels);
    }
  }

  public LabelSet {
    ModelJson.require("labels", labels).forEach(label -> ModelJson.require("a label", label));
    labels = List.copyOf(labels);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("expected at least one label, found none");
    }
    Set<String> seen = new HashSet<>();
    for (Label label : labels) {
      if (!seen.add(label.label())) {
        throw new IllegalArgumentException(
            "expected each label once, found '" + label.label() + "' twice");
      }
    }
  }

  /**
   * @throws InvalidModelFileException if the file is not a valid {@code labels.json}
   */
  public static LabelSet read(Path file) throws IOException {
    return new LabelSet(ModelJson.read(file, Document.class).labels());
  }

  /**
   * @throws InvalidModelFileException if the content is not a valid {@code labels.json}
   */
  public static LabelSet read(InputStream json) throws IOException {
    return new LabelSet(ModelJson.read(json, "labels.json", Document.class).labels());
  }

  public byte[] toJson() {
    return ModelJson.write(new Document(ModelJson.SCHEMA_VERSION, labels));
  }

  public int size() {
    return labels.size();
  }

  public Label get(int index) {
    return labels.get(index);
  }
}
