/** Gets what lies at addresses on the web: politely, within limits, and only from public hosts. */
@org.jspecify.annotations.NullMarked
package app.mushroom.collector.fetch;
