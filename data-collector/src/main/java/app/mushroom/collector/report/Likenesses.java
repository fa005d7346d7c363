package app.mushroom.collector.report;

import app.mushroom.collector.dataset.LikePair;
import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.dataset.QualityFindings.Conflicting;
import app.mushroom.collector.report.Pictures.Picture;
import app.mushroom.collector.report.Pictures.Size;
import app.mushroom.storage.dataset.DatasetPhoto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Photos that look alike, side by side, and photos that a person should look at.
 *
 * @param conflicting pairs under labels that contradict each other
 * @param alike pairs of the version: of different splits, then of different labels, then the
 *     nearest first
 * @param review photos with the words that they got
 */
record Likenesses(Some<Pair> conflicting, Some<Pair> alike, Some<Side> review) {
  private static final int MAX_PAIRS = 40;
  private static final int MAX_REVIEW = 60;

  /**
   * The first few of many.
   *
   * @param left a sentence on those that are not shown; empty if all are
   */
  record Some<T>(List<T> shown, String left) {
    boolean none() {
      return shown.isEmpty();
    }
  }

  /**
   * Two photos.
   *
   * @param words how alike they are, and what is wrong with it
   */
  record Pair(List<Side> sides, String words, boolean alarm) {}

  /**
   * One photo.
   *
   * @param picture null where there is none to show
   */
  record Side(@Nullable Picture picture, List<Line> lines, @Nullable String credit) {}

  /** What is said of a photo: a label or word, and what belongs to it. */
  record Line(String lead, String rest) {}

  static Likenesses of(Reported reported, Pictures pictures) throws IOException {
    return new Builder(reported, pictures).build();
  }

  /** One run over the findings. */
  private static final class Builder {
    private final Map<String, DatasetPhoto> photos;
    private final QualityFindings findings;
    private final Pictures pictures;

    private Builder(Reported reported, Pictures pictures) {
      this.photos =
          reported.photos().stream()
              .collect(Collectors.toMap(DatasetPhoto::sha256, Function.identity(), (a, b) -> a));
      this.findings = reported.findings();
      this.pictures = pictures;
    }

    private Likenesses build() throws IOException {
      Comparator<LikePair> nearest =
          Comparator.comparing(LikePair::distance)
              .thenComparing(LikePair::sha256)
              .thenComparing(LikePair::otherSha256);
      List<Conflicting> conflicting =
          findings.distinctConflicts().stream()
              .sorted(Comparator.comparing(Conflicting::photos, nearest))
              .toList();
      List<LikePair> alike =
          findings.nearDuplicates().stream()
              .sorted(
                  Comparator.comparing((LikePair pair) -> !differ(pair, DatasetPhoto::split))
                      .thenComparing(pair -> !differ(pair, DatasetPhoto::label))
                      .thenComparing(nearest))
              .toList();
      return new Likenesses(
          some(conflicting, MAX_PAIRS, "pair", this::conflicting),
          some(alike, MAX_PAIRS, "pair", this::alike),
          some(
              findings.review().keySet().stream().sorted().toList(),
              MAX_REVIEW,
              "photo",
              this::review));
    }

    /** A view of something, which may need a picture. */
    private interface View<S, T> {
      T of(S thing) throws IOException;
    }

    private static <S, T> Some<T> some(List<S> all, int most, String what, View<S, T> view)
        throws IOException {
      List<T> shown = new ArrayList<>();
      for (S thing : all.subList(0, Math.min(most, all.size()))) {
        shown.add(view.of(thing));
      }
      int left = all.size() - shown.size();
      return new Some<>(
          shown, left == 0 ? "" : "Not shown here: %s.".formatted(Words.count(left, what)));
    }

    private boolean differ(LikePair pair, Function<DatasetPhoto, Object> in) {
      DatasetPhoto one = photos.get(pair.sha256());
      DatasetPhoto other = photos.get(pair.otherSha256());
      return one != null && other != null && !Objects.equals(in.apply(one), in.apply(other));
    }

    private Pair conflicting(Conflicting conflict) throws IOException {
      LikePair pair = conflict.photos();
      Line one = new Line(Words.shortened(conflict.label()), Words.shortened(conflict.where()));
      Line other =
          new Line(Words.shortened(conflict.otherLabel()), Words.shortened(conflict.otherWhere()));
      if (pair.sha256().equals(pair.otherSha256())) {
        return new Pair(
            List.of(side(pair.sha256(), List.of(one, other))), "The very same photo.", true);
      }
      return new Pair(
          List.of(side(pair.sha256(), List.of(one)), side(pair.otherSha256(), List.of(other))),
          distance(pair),
          true);
    }

    private Pair alike(LikePair pair) throws IOException {
      boolean splits = differ(pair, DatasetPhoto::split);
      return new Pair(
          List.of(side(pair.sha256()), side(pair.otherSha256())),
          distance(pair)
              + (splits ? " In different splits." : "")
              + (differ(pair, DatasetPhoto::label) ? " Under different labels." : ""),
          splits);
    }

    private static String distance(LikePair pair) {
      return (pair.distance() == 0
              ? "No difference between their hashes"
              : "%d of 64 bits differ".formatted(pair.distance()))
          + (pair.mirrored() ? ", one being mirrored." : ".");
    }

    private Side review(String sha256) throws IOException {
      String words = String.join(", ", findings.review().getOrDefault(sha256, List.of()));
      return side(sha256, List.of(new Line(words, ""), line(sha256)));
    }

    private Side side(String sha256) throws IOException {
      return side(sha256, List.of(line(sha256)));
    }

    private Line line(String sha256) {
      DatasetPhoto photo = photos.get(sha256);
      return photo == null
          ? new Line("not in the version", "photo " + sha256)
          : new Line(
              photo.label(),
              photo.split().name().toLowerCase(Locale.ROOT)
                  + ", "
                  + Words.shortened(photo.source()));
    }

    private Side side(String sha256, List<Line> lines) throws IOException {
      DatasetPhoto photo = photos.get(sha256);
      String text = lines.stream().map(Line::lead).collect(Collectors.joining(", or "));
      Optional<Picture> picture = pictures.of(sha256, text, "", Size.LARGE);
      return new Side(picture.orElse(null), lines, photo == null ? null : Words.rights(photo));
    }
  }
}
