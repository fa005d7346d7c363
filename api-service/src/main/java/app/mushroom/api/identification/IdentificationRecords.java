package app.mushroom.api.identification;

/** Where identifications are written down; never a reason for one to fail or to wait long. */
public interface IdentificationRecords {

  /**
   * Writes one down, without its photos.
   *
   * @param photos how many it rests on
   * @return whether it is written; when false, it will not be written later either
   */
  boolean record(Identification identification, int photos);
}
