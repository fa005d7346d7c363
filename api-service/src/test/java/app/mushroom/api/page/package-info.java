/**
 * The page in a real browser: against a scripted server for every state, and against the real API.
 */
@NullMarked
package app.mushroom.api.page;

import org.jspecify.annotations.NullMarked;
