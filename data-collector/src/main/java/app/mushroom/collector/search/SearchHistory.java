package app.mushroom.collector.search;

import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.records.RecordLog;
import app.mushroom.storage.ObjectStore;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of every photo that searches came to: taken, if one of them took it, else the last
 * word on it. Label by label, for those are searched side by side, and of each in the order in
 * which searches first came to them.
 *
 * @param taken photos that are stored
 * @param refused photos that are not
 */
public record SearchHistory(List<PhotoRecord> taken, List<PhotoRecord> refused) {

  public SearchHistory {
    taken = byLabel(taken);
    refused = byLabel(refused);
  }

  private static List<PhotoRecord> byLabel(List<PhotoRecord> records) {
    return records.stream().sorted(Comparator.comparing(PhotoRecord::label)).toList();
  }

  public static SearchHistory read(ObjectStore store, String dataset) throws IOException {
    Map<String, PhotoRecord> last = new LinkedHashMap<>();
    new RecordLog<>(
            store,
            SearchRecords.prefix(dataset),
            PhotoRecord.class,
            1,
            record ->
                last.merge(
                    SearchRecords.key(record),
                    record,
                    (before, after) -> before.taken() == null ? after : before))
        .close();
    return new SearchHistory(
        last.values().stream().filter(record -> record.taken() != null).toList(),
        last.values().stream().filter(record -> record.refused() != null).toList());
  }

  /** The refused photos as cards and reports count and list them. */
  public List<Refusal> refusals() {
    return refused.stream().map(SearchHistory::refusal).toList();
  }

  private static Refusal refusal(PhotoRecord record) {
    PhotoRecord.Refused why = java.util.Objects.requireNonNull(record.refused());
    String page = record.page();
    return new Refusal(
        why.reason(),
        record.label() + " " + (page == null ? record.address() : page),
        why.detail());
  }
}
