package app.mushroom.trainer.training;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the engine says of itself. */
public final class EngineFacts {

  private EngineFacts() {}

  /**
   * @param device as asked for: {@code cpu}, {@code gpu} or {@code auto}
   * @throws IllegalArgumentException if it is a GPU and there is none
   */
  public static Map<String, String> describe(String device) {
    Engine engine = Engine.getEngine("PyTorch");
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("deviceUsed", ComputeDevice.of(device).toString());
    facts.put("engine", engine.getEngineName() + " " + engine.getVersion());
    facts.put("djl", Engine.getDjlVersion());
    facts.put("threads", String.valueOf(JniUtils.getNumThreads()));
    return facts;
  }
}
