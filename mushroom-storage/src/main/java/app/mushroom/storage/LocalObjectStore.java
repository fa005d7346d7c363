package app.mushroom.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Objects as plain files below a folder: the key is the path. What the store itself needs to know
 * (seals, locks, files not yet whole) lies in the folder's hidden {@code .mushroom}. Files that
 * somebody put there by hand are objects too, only without a checksum. Symbolic links below the
 * folder are refused.
 *
 * <p>A write goes to a staging file that is forced to disk, then sealed and moved into place, under
 * the {@link KeyLock lock} of its key. Readers take no lock: they read the seals before and after
 * they open the file, and again if the two differ.
 */
final class LocalObjectStore implements ObjectStore {
  private static final int READ_ATTEMPTS = 1000;

  private final Path folder;
  private final Clock clock;
  private final AtomicBoolean swept = new AtomicBoolean();

  LocalObjectStore(Path folder) {
    this(folder, Clock.systemUTC());
  }

  LocalObjectStore(Path folder, Clock clock) {
    this.folder = folder.toAbsolutePath().normalize();
    this.clock = clock;
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) throws IOException {
    Optional<LocalFolder> root = LocalFolder.existing(folder);
    return root.isEmpty() ? Optional.empty() : find(root.get(), key);
  }

  private Optional<StoredObject> find(LocalFolder root, ObjectKey key) throws IOException {
    Path file = root.file(key);
    for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
      List<Seal> seals = root.seals().read(key);
      Optional<BasicFileAttributes> found = attributes(file);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      long generation;
      try {
        generation = generation(file, found.get(), seals);
      } catch (NoSuchFileException e) {
        continue;
      }
      if (seals.equals(root.seals().read(key))) {
        return Optional.of(new StoredObject(key, found.get().size(), generation));
      }
    }
    throw restless(key);
  }

  private static long generation(Path file, BasicFileAttributes found, List<Seal> seals)
      throws IOException {
    if (seals.isEmpty()) {
      return found.lastModifiedTime().to(TimeUnit.MICROSECONDS);
    }
    if (seals.size() == 1) {
      return seals.get(0).generation();
    }
    // A writer is between two steps, or died there: the content tells which seal holds.
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      Seal content = Seal.of(0, in);
      return seals.stream()
          .filter(s -> s.matches(content.sizeBytes(), content.crc32c()))
          .findFirst()
          .orElse(seals.get(0))
          .generation();
    }
  }

  private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile() ? Optional.of(found) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public InputStream open(ObjectKey key) throws IOException {
    LocalFolder root =
        LocalFolder.existing(folder)
            .orElseThrow(() -> new ObjectNotFoundException(key, location()));
    Path file = root.file(key);
    for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
      List<Seal> seals = root.seals().read(key);
      if (attributes(file).isEmpty()) {
        throw new ObjectNotFoundException(key, location());
      }
      InputStream in;
      try {
        in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException e) {
        continue;
      }
      if (seals.equals(root.seals().read(key))) {
        return seals.isEmpty() ? in : new SealedInputStream(in, seals, key + " in " + location());
      }
      in.close();
    }
    throw restless(key);
  }

  private ObjectStoreException restless(ObjectKey key) {
    return new ObjectStoreException(
        "Could not read %s in %s: it changed %d times meanwhile. Try again."
            .formatted(key, location(), READ_ATTEMPTS));
  }

  @Override
  public StoredObject write(ObjectKey key, InputStream content, Precondition precondition)
      throws IOException {
    LocalFolder root = LocalFolder.create(folder);
    if (!swept.getAndSet(true)) {
      StagedFile.sweep(root.staging(), clock.instant());
    }
    if (precondition instanceof Precondition.Absent) {
      precondition.check(key, find(root, key), location()); // saves reading a long stream in vain
    }
    try (StagedFile staged = StagedFile.write(root.staging(), content, true);
        KeyLock lock = KeyLock.acquire(root.locks(), key)) {
      Optional<StoredObject> current = find(root, key);
      precondition.check(key, current, location());
      Path file = root.file(key);
      root.createFolderOf(key);
      long now = TimeUnit.MILLISECONDS.toMicros(clock.millis());
      long generation =
          lock.nextGeneration(
              current.map(found -> Math.max(now, found.generation() + 1)).orElse(now));
      Seal seal = staged.seal(generation);
      if (current.isEmpty()) {
        root.seals().write(key, List.of(seal), false);
        staged.moveTo(file);
      } else {
        root.seals().write(key, List.of(seal, sealOf(root, key, file, current.get())), true);
        staged.moveTo(file);
        root.seals().write(key, List.of(seal), false);
      }
      return new StoredObject(key, seal.sizeBytes(), generation);
    }
  }

  private static Seal sealOf(LocalFolder root, ObjectKey key, Path file, StoredObject current)
      throws IOException {
    for (Seal seal : root.seals().read(key)) {
      if (seal.generation() == current.generation()) {
        return seal;
      }
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Seal.of(current.generation(), in);
    }
  }

  @Override
  public Stream<StoredObject> list(String prefix) throws IOException {
    ObjectKey.requirePrefix(prefix);
    Optional<LocalFolder> root = LocalFolder.existing(folder);
    if (root.isEmpty()) {
      return Stream.empty();
    }
    String parent = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    return walk(root.get(), parent, prefix)
        .flatMap(
            key -> {
              try {
                return find(root.get(), key).stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** The keys below a folder, in the order of their strings: a folder sorts as its name and '/'. */
  private static Stream<ObjectKey> walk(LocalFolder root, String parent, String prefix)
      throws IOException {
    List<String> children = new ArrayList<>();
    Path folder = parent.isEmpty() ? root.path() : root.path().resolve(parent);
    if (!parent.isEmpty() && !root.contains(folder)) {
      return Stream.empty();
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String key = parent + entry.getFileName();
        boolean isFolder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
        boolean isObject = isFolder || Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS);
        String child = isFolder ? key + "/" : key;
        if (isObject
            && ObjectKey.isKey(key)
            && (child.startsWith(prefix) || prefix.startsWith(child))) {
          children.add(child);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Stream.empty();
    }
    children.sort(Comparator.naturalOrder());
    return children.stream()
        .flatMap(
            child -> {
              try {
                return child.endsWith("/")
                    ? walk(root, child, prefix)
                    : Stream.of(new ObjectKey(child));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    Optional<LocalFolder> root = LocalFolder.existing(folder);
    if (root.isEmpty() || find(root.get(), key).isEmpty()) {
      return false;
    }
    LocalFolder.create(folder);
    try (KeyLock ignored = KeyLock.acquire(root.get().locks(), key)) {
      Path file = root.get().file(key);
      boolean deleted = attributes(file).isPresent() && Files.deleteIfExists(file);
      root.get().seals().delete(key);
      return deleted;
    }
  }

  @Override
  public String location() {
    return folder.toString();
  }

  @Override
  public void close() {}
}
