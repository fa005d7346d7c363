package app.mushroom.storage.model;

import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the bundles of one model lie in a store.
 *
 * @param model its name
 */
record ModelKeys(String model) {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern COMPLETE =
      Pattern.compile("models/([^/]+)/([^/]+)/" + Pattern.quote(BundleCheck.MANIFEST));

  ModelKeys {
    Names.require("model", model);
  }

  /** The models that have a complete version, sorted. */
  static List<String> models(ObjectStore store) throws IOException {
    try (Stream<StoredObject> found = store.list("models/")) {
      return found
          .map(object -> COMPLETE.matcher(object.key().value()))
          .filter(Matcher::matches)
          .map(match -> match.group(1))
          .distinct()
          .toList();
    }
  }

  /** The complete versions: numbers in their order, then other names. */
  List<String> versions(ObjectStore store) throws IOException {
    try (Stream<StoredObject> found = store.list(root())) {
      return found
          .map(object -> COMPLETE.matcher(object.key().value()))
          .filter(Matcher::matches)
          .map(match -> match.group(2))
          .sorted(
              Comparator.comparingInt(
                      (String name) ->
                          NUMBER.matcher(name).matches()
                              ? Integer.parseInt(name)
                              : Integer.MAX_VALUE)
                  .thenComparing(Comparator.naturalOrder()))
          .toList();
    }
  }

  /** The numbers in use, by a complete version, by files, or by a claim. */
  Set<Integer> numbers(ObjectStore store) throws IOException {
    Set<String> names = new TreeSet<>(claimed(store));
    try (Stream<StoredObject> found = store.list(root())) {
      found
          .map(object -> object.key().value().substring(root().length()).split("/", 2)[0])
          .forEach(names::add);
    }
    return names.stream()
        .filter(name -> NUMBER.matcher(name).matches())
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  /** The versions that have a claim. */
  List<String> claimed(ObjectStore store) throws IOException {
    try (Stream<StoredObject> found = store.list(root() + "claims/")) {
      return found
          .map(object -> object.key().name())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .toList();
    }
  }

  /** Path within the version → bytes, {@code bundle.json} left out. */
  Map<String, Long> files(ObjectStore store, String version) throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<StoredObject> found = store.list(folder(version))) {
      found.forEach(
          object ->
              files.put(
                  object.key().value().substring(folder(version).length()), object.sizeBytes()));
    }
    files.remove(BundleCheck.MANIFEST);
    return files;
  }

  ObjectKey file(String version, String name) {
    return ObjectKey.of(
        "models", model, Names.require("version", version), Names.requireFile("file name", name));
  }

  ObjectKey claim(String version) {
    return ObjectKey.of("models", model, "claims", version + ".json");
  }

  ObjectKey champion() {
    return ObjectKey.of("models", model, "champion.json");
  }

  String folder(String version) {
    return root() + Names.require("version", version) + "/";
  }

  private String root() {
    return "models/" + model + "/";
  }
}
