package app.mushroom.collector.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** Whether somebody watches. */
final class Terminal {
  private Terminal() {}

  /** Shows a question and reads the answer; null at the end of input, or without a terminal. */
  static @Nullable String ask(@Nullable String question) {
    Console console = System.console();
    return console == null ? null : console.readLine("%s", question);
  }

  /** Whether input and output are a terminal that can redraw a line. */
  static boolean isInteractive() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      // Since Java 22 there is always a console, and it says itself whether it is a terminal.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
