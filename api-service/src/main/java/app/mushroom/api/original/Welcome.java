package app.mushroom.api.original;

/** What the original answered {@code GET /} with. */
public record Welcome(String message) {
  public static final Welcome INSTANCE = new Welcome("Welcome to the API Service");
}
