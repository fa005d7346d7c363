package app.mushroom.trainer.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the page under a heading.
 *
 * @param id unique on the page
 */
record Section(String id, String heading, List<Block> blocks) {

  /** One thing after another: exactly one of them is there. */
  record Block(
      @Nullable String subheading,
      @Nullable String text,
      @Nullable List<Plot> plots,
      @Nullable Table table,
      @Nullable Gallery gallery) {

    static Block subheading(String subheading) {
      return new Block(subheading, null, null, null, null);
    }

    static Block text(String text) {
      return new Block(null, text, null, null, null);
    }

    /** Drawings that belong together, side by side where there is room. */
    static Block plots(Plot... plots) {
      return new Block(null, null, List.of(plots), null, null);
    }

    static Block table(Table table) {
      return new Block(null, null, null, table, null);
    }

    static Block gallery(Gallery gallery) {
      return new Block(null, null, null, null, gallery);
    }
  }

  /**
   * A drawing.
   *
   * @param svg markup, made by {@link Svg}
   * @param caption what it shows, in plain words
   */
  record Plot(String svg, String caption) {}

  /**
   * Cards with pictures.
   *
   * @param wide whether a card takes more room
   */
  record Gallery(boolean wide, List<Card> cards) {}

  /**
   * What the model made of one photo.
   *
   * @param lines what was said, what it was, and what follows
   * @param credit who took the photo, and where it comes from
   */
  record Card(List<Picture> pictures, List<Line> lines, String credit) {}

  /**
   * @param source {@code data:} address of a JPEG
   * @param text what the picture shows, for those who cannot see it
   */
  record Picture(String source, int width, int height, String text, String caption) {}

  /**
   * @param name of a mushroom, set in italics; may be empty
   */
  record Line(String lead, String name, String rest) {}
}
