package app.mushroom.collector.search;

import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.looks.PhotoLooks;
import app.mushroom.collector.records.RecordLog;
import app.mushroom.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
    List<PhotoRecord> last = new ArrayList<>();
    Fingerprints places = new Fingerprints();
    Map<String, String> shared = new HashMap<>();
    new RecordLog<>(
            store,
            SearchRecords.prefix(dataset),
            PhotoRecord.class,
            1,
            record -> {
              String key = SearchRecords.key(record);
              int place = places.get(key);
              if (place == Fingerprints.NONE) {
                places.put(key, last.size());
                last.add(record.sharing(text -> shared.computeIfAbsent(text, same -> same)));
              } else if (last.get(place).taken() == null) {
                last.set(place, record.sharing(text -> shared.computeIfAbsent(text, same -> same)));
              }
            })
        .close();
    return new SearchHistory(
        last.stream().filter(record -> record.taken() != null).toList(),
        last.stream().filter(record -> record.refused() != null).toList());
  }

  /**
   * How the photos of a dataset look, those known that searches took.
   *
   * @param remember whether what is seen of others is put on record
   */
  public PhotoLooks looks(ObjectStore store, String dataset, boolean remember) throws IOException {
    PhotoLooks looks = new PhotoLooks(store, dataset, remember);
    for (PhotoRecord record : taken) {
      PhotoRecord.Taken stored = Objects.requireNonNull(record.taken());
      looks.know(stored.sha256(), stored.look());
    }
    return looks;
  }

  /** The refused photos as cards and reports count and list them. */
  public List<Refusal> refusals() {
    return refused.stream().map(SearchHistory::refusal).toList();
  }

  private static Refusal refusal(PhotoRecord record) {
    PhotoRecord.Refused why = Objects.requireNonNull(record.refused());
    String page = record.page();
    return new Refusal(
        why.reason(),
        record.label() + " " + (page == null ? record.address() : page),
        why.detail());
  }
}
