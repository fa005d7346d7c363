package app.mushroom.api.model;

import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ImageInput;
import java.time.Instant;

/**
 * A published model.
 *
 * @param version a number, or {@code starter} for the one inside this application
 * @param serving whether it answers now
 */
public record ModelSummary(
    String name,
    String version,
    boolean serving,
    String architecture,
    Instant created,
    ImageInput input,
    DatasetReference dataset,
    String run,
    Metrics metrics) {}
