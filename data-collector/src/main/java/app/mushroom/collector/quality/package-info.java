/** Tells photographs that can teach from those that cannot, and copies from originals. */
@org.jspecify.annotations.NullMarked
package app.mushroom.collector.quality;
