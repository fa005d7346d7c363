package app.mushroom.benchmarks.collecting;

import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which share of copies is found at each distance, and how many strangers. */
@Command(name = "hashes")
final class HashesCommand implements Callable<Integer> {
  private static final int FARTHEST = 12;

  @Option(names = "--list", required = true)
  private Path list = Path.of("");

  @Option(names = "--copies", description = "photos to make copies of")
  private int copies = 1000;

  @Option(names = "--show", description = "prints strangers up to this distance")
  private int show = -1;

  private final PhotoDecoder decoder = new PhotoDecoder();
  private final List<ListedPhoto> photos = new ArrayList<>();
  private final Map<Scheme, List<long[]>> hashes = new EnumMap<>(Scheme.class);

  @Override
  public Integer call() throws IOException, PhotoRejectedException {
    for (Scheme scheme : Scheme.values()) {
      hashes.put(scheme, new ArrayList<>());
    }
    for (ListedPhoto photo : ListedPhoto.read(list)) {
      photos.add(photo);
      hash(photo.bytes()).forEach((scheme, hash) -> of(hashes, scheme).add(hash));
    }
    Map<Scheme, Map<Change, long[]>> found = found();
    for (Scheme scheme : Scheme.values()) {
      System.out.printf("%n%s, %d photos, copies of %d%n%n", scheme.words, photos.size(), copies);
      row(
          "distance at most",
          IntStream.rangeClosed(0, FARTHEST).mapToObj(Integer::toString).toList());
      row("---", IntStream.rangeClosed(0, FARTHEST).mapToObj(r -> "---").toList());
      of(found, scheme).forEach((change, at) -> row(change.words, shares(at, copies)));
      pairs(scheme);
    }
    return 0;
  }

  private Map<Scheme, long[]> hash(byte[] file) throws PhotoRejectedException {
    Map<Scheme, long[]> hash = new EnumMap<>(Scheme.class);
    var photo = decoder.decode(file, 256);
    for (Scheme scheme : Scheme.values()) {
      hash.put(scheme, scheme.hash(photo));
    }
    return hash;
  }

  private Map<Scheme, Map<Change, long[]>> found() throws IOException, PhotoRejectedException {
    Map<Scheme, Map<Change, long[]>> found = new EnumMap<>(Scheme.class);
    for (Scheme scheme : Scheme.values()) {
      found.put(scheme, new EnumMap<>(Change.class));
    }
    copies = Math.min(copies, photos.size());
    for (int i = 0; i < copies; i++) {
      int at = (int) ((long) i * photos.size() / copies);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(photos.get(at).bytes()));
      for (Change change : Change.values()) {
        Map<Scheme, long[]> changed = hash(change.of(image));
        for (Scheme scheme : Scheme.values()) {
          long[] original = of(hashes, scheme).get(at);
          long[] counts =
              of(found, scheme).computeIfAbsent(change, unused -> new long[Long.SIZE + 1]);
          long[] copy = of(changed, scheme);
          if (original.length > 0 && copy.length > 0) {
            counts[Long.bitCount(original[change == Change.MIRRORED ? 1 : 0] ^ copy[0])]++;
          }
        }
      }
    }
    return found;
  }

  private void pairs(Scheme scheme) {
    long[] related = new long[Long.SIZE + 1];
    long[] strangers = new long[Long.SIZE + 1];
    long[] mirrored = new long[Long.SIZE + 1];
    List<long[]> all = of(hashes, scheme);
    long flat = all.stream().filter(hash -> hash.length == 0).count();
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (all.get(i).length == 0 || all.get(j).length == 0) {
          continue;
        }
        int distance = Long.bitCount(all.get(i)[0] ^ all.get(j)[0]);
        int flipped = Long.bitCount(all.get(i)[1] ^ all.get(j)[0]);
        if (photos.get(i).cluster().equals(photos.get(j).cluster())) {
          related[distance]++;
        } else {
          strangers[distance]++;
          mirrored[flipped]++;
          if (Math.min(distance, flipped) <= show && scheme == Scheme.SIGNS) {
            System.out.printf(
                "%d %d %s %s%n", distance, flipped, photos.get(j).file(), photos.get(i).file());
          }
        }
      }
    }
    row("pairs of one cluster", counts(related));
    row("pairs of two clusters", counts(strangers));
    row("pairs of two clusters, one mirrored", counts(mirrored));
    System.out.printf("%nnot hashed: %d%n", flat);
  }

  private static <T> T of(Map<Scheme, T> byScheme, Scheme scheme) {
    return Objects.requireNonNull(byScheme.get(scheme));
  }

  private static List<String> shares(long[] at, int of) {
    return IntStream.rangeClosed(0, FARTHEST)
        .mapToObj(r -> String.format(Locale.ROOT, "%.1f", 100.0 * upTo(at, r) / of))
        .toList();
  }

  private static List<String> counts(long[] at) {
    return IntStream.rangeClosed(0, FARTHEST).mapToObj(r -> Long.toString(upTo(at, r))).toList();
  }

  private static long upTo(long[] at, int farthest) {
    return IntStream.rangeClosed(0, farthest).mapToLong(r -> at[r]).sum();
  }

  private static void row(String name, List<String> cells) {
    System.out.println(
        "| " + name + " | " + cells.stream().collect(Collectors.joining(" | ")) + " |");
  }
}
