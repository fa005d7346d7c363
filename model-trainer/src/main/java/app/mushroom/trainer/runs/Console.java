package app.mushroom.trainer.runs;

/** What a long job tells the person who waits for it. */
public interface Console {

  /** A line worth keeping. */
  void say(String line);

  /** Progress of the current step, told often. */
  void progress(String step, int done, int total, String detail);

  /** A console that says nothing. */
  Console SILENT =
      new Console() {
        @Override
        public void say(String line) {}

        @Override
        public void progress(String step, int done, int total, String detail) {}
      };
}
