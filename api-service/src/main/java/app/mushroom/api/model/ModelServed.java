package app.mushroom.api.model;

/** A model has begun to answer. */
public record ModelServed(String version) {}
