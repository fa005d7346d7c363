package app.mushroom.trainer.report;

import java.util.Locale;

/**
 * A drawing for a page: coordinates in pixels of its own, colours by the classes of the page's
 * style sheet, a title and a description for those who cannot see it.
 */
final class Svg {

  private final StringBuilder markup = new StringBuilder();

  /**
   * @param id unique on the page
   */
  Svg(String id, double width, double height, String title, String description) {
    add("<svg viewBox=\"0 0 %s %s\" role=\"img\"", width, height);
    markup
        .append(" aria-labelledby=\"")
        .append(HtmlText.escape(id))
        .append("-t ")
        .append(HtmlText.escape(id))
        .append("-d\">");
    element("title", id + "-t", title);
    element("desc", id + "-d", description);
  }

  private void element(String name, String id, String text) {
    markup.append('<').append(name).append(" id=\"").append(HtmlText.escape(id)).append("\">");
    markup.append(HtmlText.escape(text)).append("</").append(name).append('>');
  }

  Svg rect(double x, double y, double width, double height, String style) {
    add(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" ",
        x, y, Math.max(0, width), Math.max(0, height));
    return style(style);
  }

  Svg line(double x1, double y1, double x2, double y2, String style) {
    add("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" ", x1, y1, x2, y2);
    return style(style);
  }

  Svg circle(double x, double y, double radius, String style) {
    add("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" ", x, y, radius);
    return style(style);
  }

  /**
   * @param data commands of a path, made of numbers
   */
  Svg path(CharSequence data, String style) {
    markup.append("<path d=\"").append(HtmlText.escape(data.toString())).append("\" ");
    return style(style);
  }

  private Svg style(String style) {
    markup.append("class=\"").append(HtmlText.escape(style)).append("\"/>");
    return this;
  }

  /**
   * @param style {@code start}, {@code middle} or {@code end}, and more classes
   */
  Svg text(double x, double y, String style, String text) {
    add("<text x=\"%s\" y=\"%s\" class=\"", x, y);
    markup.append(HtmlText.escape(style)).append("\">");
    markup.append(HtmlText.escape(text)).append("</text>");
    return this;
  }

  private void add(String format, double... values) {
    Object[] texts = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      texts[i] = number(values[i]);
    }
    markup.append(String.format(Locale.ROOT, format, texts));
  }

  /** At most one decimal, which is finer than a screen. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  String markup() {
    return markup + "</svg>";
  }
}
