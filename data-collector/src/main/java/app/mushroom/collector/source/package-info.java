/** Where photographs are found: each place on the web behind one interface. */
@org.jspecify.annotations.NullMarked
package app.mushroom.collector.source;
