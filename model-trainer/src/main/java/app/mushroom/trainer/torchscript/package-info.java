/** TorchScript archives read and written without an engine. */
@NullMarked
package app.mushroom.trainer.torchscript;

import org.jspecify.annotations.NullMarked;
