/** What only the container knows of a connection: whether the client is there, and how slow. */
@NullMarked
package app.mushroom.api.connection;

import org.jspecify.annotations.NullMarked;
