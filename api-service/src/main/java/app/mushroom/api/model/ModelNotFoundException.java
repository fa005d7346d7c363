package app.mushroom.api.model;

/** No such version was published. */
public final class ModelNotFoundException extends RuntimeException {
  public ModelNotFoundException(String version) {
    super(
        "Expected a published version of the model, found none named '"
            + version
            + "'. GET /api/v1/models lists them.");
  }
}
