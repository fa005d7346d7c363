package app.mushroom.trainer.report;

import com.samskivert.mustache.Escapers;

/** Text from outside as text of a page, in elements as in quoted attributes. */
final class HtmlText {

  private HtmlText() {}

  /**
   * Escapes what HTML gives a meaning to. Control characters and those that turn the direction of
   * writing, with which a name can pose as another, become U+FFFD.
   */
  static String escape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> plain.appendCodePoint(isPlain(c) ? c : 0xFFFD));
    return Escapers.HTML.escape(plain.toString());
  }

  private static boolean isPlain(int c) {
    int type = Character.getType(c);
    return !(Character.isISOControl(c) && c != '\n' && c != '\t')
        && type != Character.FORMAT
        && type != Character.SURROGATE;
  }
}
