package app.mushroom.collector.search;

/** Is told how a search comes along, by one thread. */
public interface SearchProgress {

  /**
   * @param has photos that the label has now
   * @param wanted photos that it is to have
   * @param refused photos refused so far in this search
   */
  void at(String label, int has, int wanted, int refused);
}
