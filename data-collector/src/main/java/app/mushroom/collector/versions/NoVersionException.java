package app.mushroom.collector.versions;

import java.io.IOException;

/** A dataset has no version yet; the message says where it was looked for and what to do. */
public final class NoVersionException extends IOException {
  private static final long serialVersionUID = 1;

  public NoVersionException(String dataset, String store) {
    super(
        "Expected a version of dataset %s in %s, found none. Make one with import, or with search and freeze."
            .formatted(dataset, store));
  }
}
