package app.mushroom.trainer.report;

/** Text from outside as text of a page, in elements as in quoted attributes. */
final class HtmlText {

  private HtmlText() {}

  /**
   * Escapes what HTML gives a meaning to. Control characters and those that turn the direction of
   * writing, with which a name can pose as another, become U+FFFD.
   */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isPlain(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isPlain(int c) {
    int type = Character.getType(c);
    return !(Character.isISOControl(c) && c != '\n' && c != '\t')
        && type != Character.FORMAT
        && type != Character.SURROGATE;
  }
}
