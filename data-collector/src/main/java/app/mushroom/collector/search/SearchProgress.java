package app.mushroom.collector.search;

/** Is told how a search comes along, by several threads at once. */
public interface SearchProgress {

  /**
   * @param has photos that the label has now
   * @param wanted photos that it is to have
   * @param refused photos refused so far in this search
   */
  void at(String label, int has, int wanted, int refused);

  /** The search for a label is over. */
  default void ended(String label) {}
}
