package app.mushroom.collector.imports;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says where a photo came from, in one line. */
final class SourceAddress {
  private static final Pattern GITHUB = Pattern.compile("[A-Za-z0-9-]+/[A-Za-z0-9._-]+");

  private SourceAddress() {}

  /**
   * The source as stated; else the address of the file in its GitHub repository ({@code
   * owner/name}); else the file as the list names it.
   */
  static String of(
      @Nullable String source,
      @Nullable String repository,
      @Nullable String commit,
      @Nullable String path,
      String file) {
    if (source != null) {
      return source;
    }
    if (repository == null) {
      return local(file);
    }
    if (!GITHUB.matcher(repository).matches()) {
      return path == null ? repository : repository + "/" + path;
    }
    String address = "/" + repository;
    if (path != null) {
      address += "/blob/" + (commit == null ? "HEAD" : commit) + "/" + path;
    }
    return address("https", "github.com", address);
  }

  /** A file of which nothing more is known; never says where on this machine it lay. */
  static String local(String file) {
    return address("file", "imported", "/" + file);
  }

  private static String address(String scheme, String host, String path) {
    try {
      return new URI(scheme, host, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Not a path: " + path, e);
    }
  }
}
