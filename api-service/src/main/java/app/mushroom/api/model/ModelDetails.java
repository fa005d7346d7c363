package app.mushroom.api.model;

import app.mushroom.storage.model.BundleManifest;

/**
 * Everything about a published model.
 *
 * @param card for people, in Markdown; empty if the bundle has none
 */
public record ModelDetails(
    String name,
    String version,
    boolean serving,
    BundleManifest manifest,
    Metrics metrics,
    String card) {}
