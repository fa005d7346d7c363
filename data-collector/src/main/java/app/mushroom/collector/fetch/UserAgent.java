package app.mushroom.collector.fetch;

import java.util.regex.Pattern;

/**
 * Who we say we are. Whoever runs a host can read from it what asks and whom to write to; it never
 * looks like a browser.
 *
 * @param version of the collector: letters, digits, dots, hyphens, underscores
 * @param contact a mail address, or a page (http or https) of whoever runs the collector
 */
public record UserAgent(String version, String contact) {

  /** Name that robots.txt and X-Robots-Tag may address, in lower case. */
  static final String TOKEN = "mushroomapp-collector";

  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern CONTACT =
      Pattern.compile(
          "https?://[!-'*-~]{1,200}|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}");

  /**
   * @throws IllegalArgumentException if there is no contact, or one that cannot be a contact
   */
  public UserAgent {
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "Expected a version such as 0.1.0, found \"" + version + "\".");
    }
    requireContact(contact);
  }

  /**
   * @return the same
   * @throws IllegalArgumentException if that cannot be a contact
   */
  public static String requireContact(String contact) {
    if (!CONTACT.matcher(contact).matches()) {
      throw new IllegalArgumentException(
          "Expected a mail address or a page (https://…) as contact, found \""
              + contact
              + "\". Hosts are told it with every request, so that they can write to you before"
              + " they lock you out; some refuse whoever gives none.");
    }
    return contact;
  }

  /** As it stands in the header. */
  String header() {
    return "MushroomApp-Collector/" + version + " (+" + contact + ")";
  }
}
