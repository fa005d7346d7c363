/** Finds photographs of labels on the web, takes what is fit, and remembers every decision. */
@org.jspecify.annotations.NullMarked
package app.mushroom.collector.search;
