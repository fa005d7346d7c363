package app.mushroom.collector.imports;

import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A photograph that a list or a folder offers: where its file lies and what is said of it. Texts
 * are exactly as given, except that empty ones are null.
 *
 * @param where for people: the list and line, or the path below the folder
 * @param root the file must lie below this folder
 * @param file path below {@code root}
 * @param rank as the list states it
 * @param sourceSha256 hash of the original that the file was made from; null where the file is the
 *     original
 * @param licence as stated, {@code unknown} where none is
 */
record SourcePhoto(
    String where,
    Path root,
    String file,
    String label,
    @Nullable LabelRank rank,
    @Nullable String taxon,
    @Nullable String genus,
    @Nullable Split split,
    @Nullable String group,
    @Nullable String tier,
    String source,
    @Nullable String sourceSha256,
    String licence,
    @Nullable String attribution) {
  static final String UNKNOWN_LICENCE = "unknown";
}
