/** The collector's memory: what it did, line by line, in parts that are written whole. */
@org.jspecify.annotations.NullMarked
package app.mushroom.collector.records;
