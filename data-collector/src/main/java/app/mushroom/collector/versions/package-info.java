/** Makes dataset versions of what was collected, and compares, checks and exports them. */
@org.jspecify.annotations.NullMarked
package app.mushroom.collector.versions;
