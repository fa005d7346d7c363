package app.mushroom.storage;

/**
 * An object as it lies in a store.
 *
 * @param key where it lies
 * @param sizeBytes length of its content
 * @param generation a number that grows with every write of this key; what {@link
 *     Precondition#generation} compares
 */
public record StoredObject(ObjectKey key, long sizeBytes, long generation) {}
