/** The whole service over HTTP, with a tiny real network. */
@NullMarked
package app.mushroom.api.service;

import org.jspecify.annotations.NullMarked;
