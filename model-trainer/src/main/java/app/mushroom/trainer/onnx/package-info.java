/**
 * The twin of a TorchScript network in ONNX, for engines that run it faster: read from the archive
 * as data and written without an engine.
 */
@NullMarked
package app.mushroom.trainer.onnx;

import org.jspecify.annotations.NullMarked;
