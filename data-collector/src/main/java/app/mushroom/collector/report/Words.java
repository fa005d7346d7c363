package app.mushroom.collector.report;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.vision.species.Toxicity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Numbers and names as people read them. */
final class Words {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Longer text from outside is cut: a page is no place for a whole book. */
  private static final int LONGEST = 200;

  private Words() {}

  static String number(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Such as {@code 1 photo} or {@code 1,200 photos}. */
  static String count(int number, String thing) {
    return number(number) + " " + thing + (number == 1 ? "" : "s");
  }

  static String day(Instant instant) {
    return DAY.format(instant);
  }

  static String shortened(String text) {
    int characters = text.codePointCount(0, text.length());
    return characters <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
  }

  /** At most so many of these, and how many there are besides. */
  static String list(List<String> names, int most) {
    String listed = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.size() <= most ? listed : listed + " and " + number(names.size() - most) + " more";
  }

  static String toxicity(Toxicity toxicity) {
    return switch (toxicity) {
      case DEADLY -> "deadly";
      case POISONOUS -> "poisonous";
      case CAUTION -> "harms some people";
      case UNKNOWN -> "toxicity unknown";
      case NOT_KNOWN_POISONOUS -> "not known to be poisonous";
    };
  }

  /** Licence and author, as the source states them, and where it is. */
  static String credit(DatasetPhoto photo) {
    return rights(photo) + ", " + shortened(photo.sourceHost());
  }

  /** Licence and author, as the source states them. */
  static String rights(DatasetPhoto photo) {
    String author = photo.attribution();
    boolean named = author != null && !author.isBlank();
    return shortened(photo.licence())
        + ", "
        + (named ? shortened(String.valueOf(author)) : "author not named");
  }
}
