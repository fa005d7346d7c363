package app.mushroom.api.identification;

/** Where identifications are written down; never a reason for one to fail. */
public interface IdentificationLog {

  /**
   * @param photos how many it rests on
   */
  void record(Identification identification, int photos);
}
