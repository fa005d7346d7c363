package app.mushroom.benchmarks.serving;

/**
 * @param status 0 where the connection broke
 * @param retryAfter whether the answer says when to come back
 */
record Answer(int status, boolean retryAfter, String body) {
  static final Answer BROKEN = new Answer(0, false, "");
}
